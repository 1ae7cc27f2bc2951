import type { Attack } from '../../attack.js';

export default {
  aim: "changes prototypes by the names that a namespace's code declares or is given",
  language: 'javascript',
  source: `
const code = createvirtualnamespace('var __proto__ = { polluted: 1 }; var constructor = 1, hasOwnProperty = 2, toString = 3;', 'x');
const context = await code.evaluate(Object.create(null, { __proto__: { value: 5, enumerable: true, configurable: true, writable: true } }));
log(({}).polluted === undefined && Object.getPrototypeOf(context) === null ? 'fine' : 'ESCAPED');
log(Object.keys(context).sort().join());
`,
  ends: ['exited'],
  logs: /^fine __proto__,constructor,hasOwnProperty,toString$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
