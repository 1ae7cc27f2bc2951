import type { Attack } from '../../attack.js';

export default {
  aim: 'opens one file twice, and removes it while it is open',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
try { await openfile('a', true); log('ESCAPED'); } catch (e) { log(e.name); }
try { await removefile('a'); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  leaves: ['a'],
  logs: /FileInUseError FileInUseError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
