import type { Attack } from '../../attack.js';

export default {
  aim: 'uses names as long as the file system bears, and longer',
  language: 'javascript',
  source: `
const f = await openfile('a'.repeat(120), true);
log('opened');
for (const n of [121, 70000]) try { await openfile('a'.repeat(n), true); log('ESCAPED'); } catch (e) { log(e.name); }
await f.close();
`,
  ends: ['exited'],
  leaves: [`${'a'.repeat(120)}`],
  logs: /^opened (RepyArgumentError ?){2}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
