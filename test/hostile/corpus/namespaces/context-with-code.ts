import type { Attack } from '../../attack.js';

export default {
  aim: "has the evaluation of a namespace run code of the context's",
  language: 'javascript',
  source: `
const code = createvirtualnamespace('x;', 'x');
let ran = 0;
const odd = [
  { get x() { ran += 1; return 1; } },
  new Proxy({ x: 1 }, { ownKeys() { ran += 1; return ['x']; }, get() { ran += 1; } }),
  { x: 1, [Symbol.toPrimitive]: () => { ran += 1; } },
  { x: 1, then(resolve) { ran += 1; resolve(1); } },
  Object.create({ get x() { ran += 1; return 1; } }),
];
for (const context of odd) log(await code.evaluate(context).then(() => 'done', (e) => e.name));
log(ran);
`,
  ends: ['exited'],
  logs: /^(\w+Error ){5}0$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
