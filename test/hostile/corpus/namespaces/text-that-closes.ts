import type { Attack } from '../../attack.js';

export default {
  aim: "closes the function around a namespace's code",
  language: 'javascript',
  source: `
const texts = ['}; log("ESCAPED"); {', '}}; log("ESCAPED"); ({ a() {', '\`', '/*', 'return 1', 'await 1', '//', '\${', '*/', '</script>', 'x\\u2028}', '-->', '<!--', '#!x', 'import("fs")', 'eval("1")', 'arguments', 'new.target', 'this.x = 1', 'super.x', 'then = 1'];
const answers = [];
for (const text of texts) {
  try { const code = createvirtualnamespace(text, 'x'); answers.push(await code.evaluate({}).then(() => 'ran', (e) => e.name)); } catch (e) { answers.push(e.name); }
}
log(answers.join());
`,
  ends: ['exited'],
  logs: /^CodeUnsafeError,CodeUnsafeError,CodeUnsafeError,/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
