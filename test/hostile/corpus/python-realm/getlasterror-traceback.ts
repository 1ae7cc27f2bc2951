import type { Attack } from '../../attack.js';

export default {
  aim: 'reads paths of the host from the last error',
  language: 'python',
  source: `
try:
  1 / 0
except ZeroDivisionError:
  text = str(getlasterror())
  if "node:" in text or "file:" in text or ".js" in text:
    log("ESCAPED", text)
  log("fine")
`,
  ends: ['exited'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
