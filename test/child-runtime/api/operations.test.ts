import t from 'tap';
import {
  type ApiRequest,
  checkResult,
  isRequest,
  type Operation,
  startCall,
} from '../../../child-runtime/api/operations.js';
import { HandleReference } from '../../../child-runtime/api/values.js';
import { bounds } from '../../../protocol/bounds.js';
import type { WireValue } from '../../../protocol/values.js';

const file = new HandleReference('file', 1);
const block = 4096;

/** Runs a call to its end; returns its result and the requests. */
function complete(begun: ApiRequest | Operation, answer: (request: ApiRequest) => WireValue): [unknown, ApiRequest[]] {
  if (isRequest(begun)) return [checkResult(begun.call, answer(begun)), [begun]];
  const operation = begun;
  const requests: ApiRequest[] = [];
  let step = operation.next();
  while (!step.done) {
    requests.push(step.value);
    step = operation.next(answer(step.value));
  }
  return [step.value, requests];
}

/** A file of so many bytes, each telling its position. */
const fileOf = (length: number): string => Array.from({ length }, (_, at) => String.fromCharCode(at % 251)).join('');
const reader =
  (content: string) =>
  ({ args }: ApiRequest): WireValue =>
    content.slice(args[2] as number, (args[2] as number) + (args[1] as number));

t.test('a read is cut so that no request is too large and no block is touched twice', async (t) => {
  const content = fileOf(3 * bounds.dataBytes + 777);
  for (const [size, offset] of [
    [null, 0],
    [null, 5],
    [null, content.length],
    [0, 0],
    [10, 3],
    [bounds.dataBytes, 0],
    [bounds.dataBytes, 1],
    [2 * bounds.dataBytes + 1, block + 1],
    [10 * bounds.dataBytes, 0],
  ] as const) {
    const [result, requests] = complete(startCall('file.readat', [file, size, offset]), reader(content));
    const wanted = size === null ? content.slice(offset) : content.slice(offset, offset + size);
    t.ok(result === wanted, `${size} at ${offset}`);
    for (const { args } of requests) t.ok((args[1] as number) <= bounds.dataBytes);
    for (const { args } of requests.slice(1)) t.equal((args[2] as number) % block, 0, 'a later piece starts a block');
  }
});

t.test('a read never loops on an answer of the wrong size', async (t) => {
  const [result, requests] = complete(startCall('file.readat', [file, 4, 0]), () => 'far too much');
  t.equal(result, 'far too much');
  t.equal(requests.length, 1);
});

t.test('a write is cut the same way, for strings and bytes', async (t) => {
  const text = fileOf(2 * bounds.dataBytes + 10);
  for (const data of [text, Uint8Array.from(text, (char) => char.charCodeAt(0)), '', 'x']) {
    for (const offset of [0, 1, block - 1]) {
      const written: string[] = [];
      const [, requests] = complete(startCall('file.writeat', [file, data, offset]), ({ args }) => {
        const piece = args[1] as string | Uint8Array;
        written.push(typeof piece === 'string' ? piece : Buffer.from(piece).toString('latin1'));
        return null;
      });
      t.ok(written.join('') === (typeof data === 'string' ? data : text), `${data.length} bytes at ${offset}`);
      let expected = offset;
      for (const { args } of requests) {
        t.equal(args[2], expected);
        expected += (args[1] as string).length;
      }
      for (const { args } of requests.slice(1)) t.equal((args[2] as number) % block, 0);
    }
  }
});

t.test('a log text is cut, an empty one asks nothing', async (t) => {
  const text = 'x'.repeat(bounds.dataBytes + 1);
  const [, requests] = complete(startCall('log', [text]), () => null);
  t.same(
    requests.map(({ args }) => (args[0] as string).length),
    [bounds.dataBytes, 1],
  );
  t.same(complete(startCall('log', ['']), () => null)[1], []);
});

t.test('answers are checked against the table', async (t) => {
  const [handle] = complete(startCall('openfile', ['a', true]), () => 9);
  t.same(handle, new HandleReference('file', 9));
  t.throws(() => complete(startCall('openfile', ['a', true]), () => 'nine'), { message: /no handle/ });
  t.throws(() => complete(startCall('listfiles', []), () => ['a', 1]), { message: /no list-of-bytes/ });
  t.throws(() => complete(startCall('randombytes', []), () => null), { message: /no bytes/ });
});

t.test('wrong arguments are refused before anything is asked', async (t) => {
  t.throws(() => startCall('openfile', ['a']), { message: /takes 2 arguments/ });
});
