import type { Attack } from '../../attack.js';

export default {
  aim: "has V8 ask a subclass of Error, or one with another realm's prototype, to format the stack",
  language: 'javascript',
  source: `
class Mine extends Error { static prepareStackTrace(e, sites) { return sites; } }
const other = Reflect.construct(Error, ['x'], Mine);
log(\`\${Array.isArray(new Mine('x').stack)} \${Array.isArray(other.stack)}\`);
`,
  ends: ['exited'],
  logs: /^false false$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
