import type { Attack } from '../../attack.js';

export default {
  aim: 'releases and takes locks in an order that would block the scheduler',
  language: 'python',
  source: `
l = createlock()
try:
  l.release()
  log("ESCAPED")
except LockDoubleReleaseError:
  log("fine")
`,
  ends: ['exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
