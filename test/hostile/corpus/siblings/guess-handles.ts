import type { Attack } from '../../attack.js';

export default {
  aim: 'uses handles of another program by their numbers',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
for (const key of ['id', 'number', 'handle', '_handle']) try { Object.defineProperty(f, key, { value: 1 }); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  leaves: ['a'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
