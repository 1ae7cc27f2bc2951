import type { Attack } from '../../attack.js';

export default {
  aim: 'calls with a hundred thousand arguments',
  language: 'javascript',
  source: `
try { await log(...new Array(1e5).fill('x')); } catch (e) { log(e.name); }
try { log.apply(null, { length: 2 ** 31 }); } catch (e) { log(e.name); }
`,
  ends: ['uncaught', 'limit memory'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
