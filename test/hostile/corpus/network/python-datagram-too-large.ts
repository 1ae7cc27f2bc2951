import type { Attack } from '../../attack.js';

export default {
  aim: 'has the runtime send a frame that the supervisor must refuse',
  language: 'python',
  source: `
try:
  sendmessage("127.0.0.1", 50015, "x" * (2 * 1024 * 1024), "127.0.0.1", 50015)
  log("ESCAPED")
except RepyArgumentError:
  log("refused")
`,
  ends: ['exited'],
  logs: /^refused$/,
  restrictions: ['memory 60000000', 'outsockets 5', 'messport 50015', 'loopsend 1000000', 'looprecv 10000'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
