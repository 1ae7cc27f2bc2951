import type { Attack } from '../../attack.js';

export default {
  aim: 'reads and writes at offsets that overflow, are negative or no number',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
await f.writeat('abc', 0);
const answers = new Set();
for (const odd of [NaN, Infinity, -Infinity, -0, -1, 0.5, 2 ** 53, 1e308, -1e308, 2 ** 31, 2 ** 32, '1', null, undefined, {}, [], true, Symbol.iterator, 10n]) for (const call of [() => f.readat(2, odd), () => f.readat(odd, 0), () => f.writeat('x', odd)])
  answers.add(await call().then((r) => (r === undefined || 'abcx'.includes(r) || r === 'xbc' ? 'fine' : 'ESCAPED ' + r), (e) => e.name));
log([...answers].sort().join());
log((await f.readat(null, 0)).length);
`,
  ends: ['exited'],
  logs: /^RepyArgumentError,SeekPastEndOfFileError,fine 3$/,
  untouched: ['host files', 'directory'],
  leaves: ['a'],
} satisfies Attack;
