import type { Attack } from '../../attack.js';

export default {
  aim: 'opens a file above its directory',
  language: 'python',
  source: String.raw`
for name in ["../outside/secret", "/etc/passwd", "a\x00b", "x/y"]:
  try:
    openfile(name, True)
    log("ESCAPED")
  except RepyArgumentError:
    log("refused")
`,
  ends: ['exited'],
  logs: /^(refused ?){4}$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
