import type { Attack } from '../../attack.js';

export default {
  aim: 'starts a thread in each thread',
  language: 'python',
  source: `
def bomb():
  mycontext["n"] = mycontext.get("n", 0) + 1
  for i in range(2):
    try:
      createthread(bomb)
    except ResourceExhaustedError:
      mycontext["refused"] = True
bomb()
for i in range(200):
  if not mycontext.get("refused"):
    sleep(0.01)
log(mycontext.get("refused", False))
exitall()
`,
  ends: ['exited', 'exitall'],
  logs: /^True$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
