import type { Attack } from '../../attack.js';

export default {
  aim: 'uses a cast away from types to reach a constructor',
  language: 'typescript',
  source: `
try { ((log as any).constructor as any)('return process')(); log('ESCAPED'); } catch (e: any) { log(e.name); }
`,
  ends: ['exited'],
  logs: /TypeError/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
