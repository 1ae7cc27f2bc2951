import type { Attack } from '../../attack.js';

export default {
  aim: "sleeps for a time that isn't one",
  language: 'python',
  source: `
inf = 1e400
for odd in [-1, -inf, inf - inf, "1", None, [], -2 ** 70]:
  try:
    sleep(odd)
    log("slept")
  except Exception, e:
    log("refused")
log("done")
`,
  ends: ['exited', 'uncaught'],
  logs: /done$|^(refused ?)+/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
