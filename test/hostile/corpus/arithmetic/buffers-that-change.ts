import type { Attack } from '../../attack.js';

export default {
  aim: 'changes, shrinks or detaches the bytes of a write while it waits',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
const buffer = new ArrayBuffer(8, { maxByteLength: 16 });
const view = new Uint8Array(buffer);
view.fill(65);
const written = f.writeat(view, 0);
view.fill(66);
try { buffer.resize(0); } catch (e) { log(e.name); }
await written;
log(await f.readat(null, 0));
const gone = new Uint8Array(4);
try { gone.buffer.transfer(); } catch (e) { log(e.name); }
log(await f.writeat(gone, 0).then(() => 'wrote', (e) => e.name));
class Odd extends Uint8Array { get length() { return 1e9; } get byteLength() { return 1e9; } get buffer() { return null; } static get [Symbol.species]() { log('ESCAPED'); return Array; } [Symbol.iterator]() { log('ESCAPED'); } }
log(await f.writeat(new Odd(3), 0).then(() => 'wrote', (e) => e.name));
log((await f.readat(null, 0)).length);
`,
  ends: ['exited', 'uncaught'],
  logs: /^AAAAAAAA/,
  untouched: ['host files', 'directory'],
  leaves: ['a'],
} satisfies Attack;
