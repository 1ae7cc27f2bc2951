import type { Attack } from '../../attack.js';

export default {
  aim: "puts engine names and reserved names into a virtual namespace's context",
  language: 'python',
  source: `
for key in ["constructor", "eval", "this", "_" + "_builtins_" + "_", "process", "arguments"]:
  context = {key: log}
  try:
    v = createvirtualnamespace("x = len('abc')", "x")
    out = v.evaluate(context)
    log(key, "ran with", out["x"], out.keys(), ";")
  except Exception, e:
    log(key, "refused;")
`,
  ends: ['exited'],
  // As in RepyV2, `__builtins__` is left out: the namespace has its own.
  logs: /^constructor ran with 3 .*__builtins__ ran with 3 \['x'\] ;/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
