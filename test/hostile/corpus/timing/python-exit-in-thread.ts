import type { Attack } from '../../attack.js';

export default {
  aim: 'ends by exitall in one thread while the others wait in the supervisor',
  language: 'python',
  source: `
def f():
  while True:
    try:
      openfile("a", True).close()
    except FileInUseError:
      pass
for i in range(5):
  createthread(f)
sleep(0.02)
exitall()
`,
  ends: ['exitall'],
  untouched: ['host files'],
} satisfies Attack;
