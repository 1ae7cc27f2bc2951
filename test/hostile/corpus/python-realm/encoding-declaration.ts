import type { Attack } from '../../attack.js';

export default {
  aim: 'declares an encoding in which the text means something else',
  language: 'python',
  source: `
# -*- coding: utf-7 -*-
log("fine") # +AAo-log("ESCAPED")
`,
  ends: ['exited', 'unsafe', 'uncaught'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
