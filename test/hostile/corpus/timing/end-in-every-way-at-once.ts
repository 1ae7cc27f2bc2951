import type { Attack } from '../../attack.js';

export default {
  aim: 'throws, rejects, exits and passes a limit in the same turn',
  language: 'javascript',
  source: `
const f = await openfile('a', true);
f.writeat('x'.repeat(1000000), 0);
Promise.reject(new Error('a'));
createthread(() => { throw new Error('b'); });
setTimeout(() => exitall(), 0);
throw new Error('c');
`,
  ends: ['uncaught', 'limit diskused', 'exitall'],
  untouched: ['host files'],
} satisfies Attack;
