import type { Attack } from '../../attack.js';

export default {
  aim: 'makes a class in each turn, for which the engine keeps maps and code',
  language: 'javascript',
  source: `
const kept = [];
for (let i = 0; ; i++)
  kept.push(class { #a = i; static s = () => i; get x() { return this.#a; } });
`,
  ends: ['limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
