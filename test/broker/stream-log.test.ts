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

t.test('a writer waits when the stream is full', async (t) => {
  const { stream, flush, text } = slowStream();
  const log = new StreamLog(stream);
  t.equal(log.write(Buffer.from('12345')), undefined);
  const full = log.write(Buffer.from('67890'));
  t.type(full, Promise);
  t.equal(log.write(Buffer.from('more')), full, 'all wait for the same');
  await flush();
  await full;
  t.equal(log.write(Buffer.from('')), undefined);
  const closed = log.close();
  await flush();
  await closed;
  t.equal(text(), '1234567890more');
  t.ok(stream.writable, 'the stream is not ended: it may be standard output');
});

t.test('a stream that fails', async (t) => {
  const { stream } = slowStream();
  const log = new StreamLog(stream);
  const waiting = log.write(Buffer.alloc(20));
  stream.destroy(new Error('EPIPE'));
  await t.rejects(Promise.resolve(waiting), /EPIPE/);
  await t.rejects(Promise.resolve(log.write(Buffer.from('x'))), /EPIPE/);
  await log.close();
});
