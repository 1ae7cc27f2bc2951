import type { Attack } from '../../attack.js';

export default {
  aim: 'gives objects whose text, length or number is made by a function of its own',
  language: 'javascript',
  source: `
const calls = [];
const odd = { toString() { calls.push('toString'); return '../x'; }, valueOf() { calls.push('valueOf'); return 1; }, [Symbol.toPrimitive]() { calls.push('toPrimitive'); return 'x'; }, get length() { calls.push('length'); return 5; } };
const boxed = [new String('../x'), Object('x'), new Proxy({}, { get() { calls.push('trap'); return 1; }, getPrototypeOf() { calls.push('trap'); return String.prototype; } })];
const answers = new Set();
for (const value of [odd, ...boxed]) for (const call of [() => openfile(value, true), () => openfile('a', value), () => removefile(value), () => gethostbyname(value), () => sleep(value), () => getmyip(value)])
  try { answers.add(await call().then((r) => typeof r, (e) => e.name)); } catch (e) { answers.add(e.name); }
log([...answers].join(), calls.length);
`,
  ends: ['exited'],
  logs: /^RepyArgumentError 0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
