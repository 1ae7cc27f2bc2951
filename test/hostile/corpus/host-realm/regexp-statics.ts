import type { Attack } from '../../attack.js';

export default {
  aim: "reads what the runtime matched last by RegExp's static properties",
  language: 'javascript',
  source: `
await listfiles();
const values = ['$1', '$&', 'lastMatch', 'input', '$_', 'leftContext', 'rightContext'].map((k) => RegExp[k]).filter((v) => v !== undefined && v !== '');
log(values.length === 0 ? 'clean' : 'ESCAPED ' + values);
`,
  ends: ['exited'],
  logs: /^clean$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
