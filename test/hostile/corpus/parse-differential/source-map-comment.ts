import type { Attack } from '../../attack.js';

export default {
  aim: 'names a source map and a source URL of the host',
  language: 'javascript',
  source: `
//# sourceMappingURL=file:///etc/passwd
//# sourceURL=file:///etc/shadow
try { null.x; } catch (e) { log(/passwd|shadow|file:/.test(e.stack) ? 'ESCAPED' : 'fine'); }
`,
  ends: ['exited'],
  logs: /^fine$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
