import type { Attack } from '../../attack.js';

export default {
  aim: 'opens a file above its directory',
  language: 'javascript',
  source: `
for (const name of ['../outside/secret', '..', './a', 'a/../../outside/secret']) try { await openfile(name, true); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(RepyArgumentError ?){4}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
