import type { Attack } from '../../attack.js';

export default {
  aim: "has the types' remover and the parser disagree on where a type ends",
  language: 'typescript',
  source: `
let a: /* } process.exit() */ string = 'x';
let b: \`\${"process"}\` = "process";
function c(this: unknown, d?: /* ) => process */ number): asserts d is number {}
abstract class E { declare f: typeof process; abstract g(): void; private constructor(readonly h = 1) {} }
log(a, b);
`,
  ends: ['exited'],
  logs: /^x process$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
