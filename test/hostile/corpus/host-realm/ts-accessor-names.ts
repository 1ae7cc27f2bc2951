import type { Attack } from '../../attack.js';

export default {
  aim: 'uses TypeScript keywords as names so that its remover removes code',
  language: 'typescript',
  source: `
const type = 1, declare = 2, abstract = 3, namespace = 4, module = 5, as = 6, satisfies = 7, readonly = 8, is = 9;
type
log('x')
declare
log('y')
if (type + declare !== 3) log('ESCAPED');
`,
  ends: ['exited'],
  logs: /^x y$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
