import type { Attack } from '../../attack.js';

export default {
  aim: "gets the resolving functions of an async function of the runtime's by a thenable it returns",
  language: 'javascript',
  source: `
let got;
const thenable = { then(resolve, reject) { got = [resolve, reject]; resolve(1); } };
await thenable;
for (const f of got) { if (f.constructor !== (() => {}).constructor) log('ESCAPED'); try { f.constructor('return 1')(); log('ESCAPED'); } catch (e) { log(e.name); } }
`,
  ends: ['exited'],
  logs: /^(TypeError ?){2}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
