import { Writable } from 'node:stream';
import t from 'tap';
import { StreamLog } from '../../supervisor/broker/stream-log.js';

/** A stream that takes 10 bytes, and a function that lets it write what it holds. */
function slowStream() {
  const pending: (() => void)[] = [];
  let text = '';
  const stream = new Writable({
    highWaterMark: 10,
    write(chunk, _encoding, done) {
      pending.push(() => {
        text += String(chunk);
        done();
      });
    },
  });
  const flush = async (): Promise<void> => {
    while (pending.length > 0) {
      pending.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { stream, flush, text: () => text };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test('what is logged in one turn leaves in one write', async (t) => {
  const writes: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      writes.push(String(chunk));
      done();
    },
  });
  const log = new StreamLog(stream);
  for (const text of ['a', 'b', '', 'c']) t.equal(log.write(Buffer.from(text)), undefined);
  t.same(writes, []);
  await turn();
  t.same(writes, ['abc']);
  log.write(Buffer.alloc(100_000, 'x'));
  t.equal(writes.length, 2, 'much leaves at once');
  log.write(Buffer.from('end'));
  await log.close();
  t.equal(writes[2], 'end');
  t.ok(stream.writable, 'the stream is not ended: it may be standard output');
});

t.test('a writer waits when the stream is full', async (t) => {
  const { stream, flush, text } = slowStream();
  const log = new StreamLog(stream);
  log.write(Buffer.from('1234567890'));
  await turn();
  const full = log.write(Buffer.from('more'));
  t.type(full, Promise);
  t.equal(log.write(Buffer.from('!')), full, 'all wait for the same');
  await flush();
  await full;
  t.equal(log.write(Buffer.from('')), undefined);
  const closed = log.close();
  await flush();
  await closed;
  t.equal(text(), '1234567890more!');
});

t.test('a stream that fails', async (t) => {
  const { stream } = slowStream();
  const log = new StreamLog(stream);
  log.write(Buffer.alloc(20));
  await turn();
  const waiting = log.write(Buffer.from('x'));
  stream.destroy(new Error('EPIPE'));
  await t.rejects(Promise.resolve(waiting), /EPIPE/);
  await t.rejects(Promise.resolve(log.write(Buffer.from('x'))), /EPIPE/);
  await log.close();
});
