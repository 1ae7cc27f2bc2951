import type { Attack } from '../../attack.js';

export default {
  aim: 'lets one thread fail while others hold files',
  language: 'python',
  source: `
def f():
  g = openfile("a", True)
  raise ValueError("x")
createthread(f)
sleep(100)
`,
  ends: ['uncaught'],
  untouched: ['host files'],
} satisfies Attack;
