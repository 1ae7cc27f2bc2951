import type { Attack } from '../../attack.js';

export default {
  aim: "uses the engine's reserved words and globals as names, so that the emitted code means something else",
  language: 'python',
  source: `
var = 1; let = 2; const = 3; function = 4; new = 5; this = 6; typeof = 7; void = 8; delete = 9; switch = 10
process = 11; arguments = 12; undefined = 13; NaN = 14; constructor = 15; prototype = 16; await = 17; async = 18; enum = 19; static = 20
if var + let + const + function + new + this + typeof + void + delete + switch == 55 and process + arguments + undefined + NaN == 50:
  log("ok")
def eval2(arguments, this=1):
  return arguments + this
if eval2(1) == 2:
  log("ok")
`,
  ends: ['exited'],
  logs: /^(ok ?)+$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
