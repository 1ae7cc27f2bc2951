import type { Attack } from '../../attack.js';

export default {
  aim: 'gets the global object as this of a function that nobody bound',
  language: 'javascript',
  source: `
const f = function () { return this; };
const kinds = [f(), (0, f)(), [1].map(f)[0], Reflect.apply(f, undefined, [])];
log(kinds.map(String).join(';'));
`,
  ends: ['exited'],
  logs: /^undefined;undefined;undefined;undefined$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
