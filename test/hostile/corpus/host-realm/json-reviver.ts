import type { Attack } from '../../attack.js';

export default {
  aim: "gets holders of the runtime's by revivers and toJSON",
  language: 'javascript',
  source: `
JSON.parse('{"a":[1]}', function (k, v) { if (this.constructor !== Object && !Array.isArray(this)) log('ESCAPED'); return v; });
console.log({ toJSON() { if (this.constructor !== Object) log('ESCAPED'); return 1; } });
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
