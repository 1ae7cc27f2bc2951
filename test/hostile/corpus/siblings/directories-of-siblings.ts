import type { Attack } from '../../attack.js';

export default {
  aim: 'names the directories that other programs have beside its own',
  language: 'javascript',
  source: `
const answers = new Set();
for (const name of ['..', '../1', '../2/a', '1', 'witness', '../witness', '/proc/self/fd/3', 'proc', '.', './a']) for (const call of [() => openfile(name, false), () => openfile(name, true), () => removefile(name)])
  answers.add(await call().then(() => (name === '1' || name === 'witness' || name === 'proc' ? 'own' : 'ESCAPED'), (e) => e.name));
log([...answers].sort().join());
`,
  ends: ['exited'],
  logs: /^FileInUseError,FileNotFoundError,RepyArgumentError,own$|RepyArgumentError/,
  untouched: ['host files', 'directory'],
  leaves: ['1', 'proc', 'witness'],
} satisfies Attack;
