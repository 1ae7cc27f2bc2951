import type { Attack } from '../../attack.js';

export default {
  aim: 'climbs from a traceback to frames',
  language: 'python',
  source: `
import sys
try:
  1 / 0
except Exception, e:
  log("ESCAPED", sys.exc_info()[2].tb_frame)
`,
  ends: ['unsafe'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
