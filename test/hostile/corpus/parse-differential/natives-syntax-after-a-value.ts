import type { Attack } from '../../attack.js';

export default {
  aim: "writes a remainder so that it looks like the engine's test syntax",
  language: 'javascript',
  source: `
let called = 0;
const DebugPrint = (x) => ((called += 1), x);
const GetHeapUsage = () => ((called += 1), 4);
const value = 7
%DebugPrint(4)
const other = [9
%GetHeapUsage()][0];
log(value, other, called);
`,
  ends: ['exited'],
  logs: /^3 1 2$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
