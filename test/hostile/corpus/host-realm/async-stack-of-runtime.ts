import type { Attack } from '../../attack.js';

export default {
  aim: 'reads the async stack of a rejection for functions of the runtime',
  language: 'javascript',
  source: `
async function deep() { await openfile('missing', false); }
try { await deep(); } catch (e) {
  const text = String(e.stack);
  log(/node:|child-runtime|file:/.test(text) ? 'ESCAPED ' + text : 'own frames');
  for (const key of Reflect.ownKeys(e)) { const d = Object.getOwnPropertyDescriptor(e, key); if (typeof d.value === 'function') log('ESCAPED'); }
}
`,
  ends: ['exited'],
  logs: /^own frames$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
