import type { Attack } from '../../attack.js';

export default {
  aim: 'climbs from a tuple to all classes by attributes',
  language: 'python',
  source: `
log(().__class__.__bases__[0].__subclasses__())
`,
  ends: ['unsafe'],
  reports: /__\w+__/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
