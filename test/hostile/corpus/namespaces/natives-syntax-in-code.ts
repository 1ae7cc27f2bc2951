import type { Attack } from '../../attack.js';

export default {
  aim: "hands the engine's test syntax to a namespace",
  language: 'javascript',
  source: `
let refused = 0;
const codes = ['%DebugPrint(1)', 'return %GetHeapUsage()', '{}%DebugPrint(1)', 'x = 1;%SystemBreak()', 'log(%IsBeingInterpreted())', '}; %DebugPrint(1); {'];
for (const code of codes) {
  try {
    const space = await createvirtualnamespace(code, 'space');
    await space.evaluate({ log });
    log('ESCAPED', code);
  } catch (error) {
    refused += 1;
  }
}
log(refused, codes.length);
`,
  ends: ['exited'],
  logs: /^6 6$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
