import type { Attack } from '../../attack.js';

export default {
  aim: "hands the engine's test syntax to everything that reads text",
  language: 'python',
  source: `
texts = ["%DebugPrint(1)", "%GetOptimizationStatus(log)", "x = %SystemBreak()", "'%s' % %DebugPrint(1)", "log(%OptimizeFunctionOnNextCall(log))"]
refused = 0
for text in texts:
  try:
    createvirtualnamespace(text, "space")
    log("ESCAPED", text)
  except Exception:
    refused += 1
  for read in [int, float, long]:
    try:
      read(text)
      log("ESCAPED", text)
    except ValueError:
      refused += 1
  try:
    log("ESCAPED", text % ())
  except (TypeError, ValueError):
    refused += 1
  d = {text: text}
  if d[text] != text:
    log("ESCAPED")
log(refused)
`,
  ends: ['exited'],
  logs: /^25$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
