import type { Attack } from '../../attack.js';

export default {
  aim: 'starts threads that start threads',
  language: 'python',
  source: `
def f():
  while True:
    try:
      createthread(f)
    except ResourceExhaustedError:
      pass
f()
`,
  ends: ['stopped', 'uncaught'],
  stopAfterMs: 400,
  untouched: ['host files', 'directory'],
} satisfies Attack;
