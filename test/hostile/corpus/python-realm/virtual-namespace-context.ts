import type { Attack } from '../../attack.js';

export default {
  aim: "puts engine names and reserved names into a virtual namespace's context",
  language: 'python',
  source: `
for key in ["constructor", "eval", "this", "_" + "_builtins_" + "_", "process", "arguments"]:
  context = {key: log}
  try:
    v = createvirtualnamespace("x = 1", "x")
    out = v.evaluate(context)
    log(key, "ran;")
  except Exception, e:
    log(key, "refused;")
`,
  ends: ['exited'],
  logs: /^constructor ran; .*__builtins__ refused;/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
