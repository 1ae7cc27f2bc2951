import type { Attack } from '../../attack.js';

export default {
  aim: 'gives the API bytes whose length changes while they are copied',
  language: 'javascript',
  source: `
const file = await openfile('a', true);
class Bytes extends Uint8Array { get length() { return 1e9; } get byteLength() { return 2 ** 40; } get buffer() { return new ArrayBuffer(0); } }
try { await file.writeat(new Bytes(4), 0); } catch (e) { log(e.name + ' '); }
const shrinking = new Uint8Array(new ArrayBuffer(4096, { maxByteLength: 8192 }));
try { await file.writeat(shrinking, { valueOf() { shrinking.buffer.resize(0); return 0; } }); } catch (e) { log(e.name + ' '); }
const got = await file.readat(null, 0);
if (got.length > 4096 + 8) log('ESCAPED');
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  leaves: ['a'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
