import type { Attack } from '../../attack.js';

export default {
  aim: 'exits while threads wait, hold locks and write',
  language: 'python',
  source: `
lock = createlock()
handle = openfile("a", True)
def work():
  lock.acquire(True)
  while True:
    handle.writeat("x" * 1000, 0)
for i in range(5):
  createthread(work)
sleep(0.02)
exitall()
`,
  ends: ['exitall'],
  untouched: ['host files', 'directory'],
  leaves: ['a'],
} satisfies Attack;
