import type { Attack } from '../../attack.js';

export default {
  aim: 'hides a forbidden name in nested template literals',
  language: 'javascript',
  source: `
log(\`a\${\`b\${\`c\${process.pid}\`}\`}\`);
log('ESCAPED');
`,
  ends: ['unsafe'],
  reports: /process/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
