import type { Attack } from '../../attack.js';

export default {
  aim: "throws into a generator of another thread to leave a lock of the runtime's taken",
  language: 'python',
  source: `
def g():
  try:
    yield 1
  finally:
    log("x")
it = g()
it.next()
it.throw(ValueError("x"))
log("ESCAPED")
`,
  ends: ['unsafe', 'exited', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
