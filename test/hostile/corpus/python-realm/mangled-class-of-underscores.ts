import type { Attack } from '../../attack.js';

export default {
  aim: "uses a class whose name is underscores only, for which names aren't mangled",
  language: 'python',
  source: `
class __:
  __dict = 1
  def look(self):
    return self.__dict
if __().look() != 1:
  log("ESCAPED")
log("fine")
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
