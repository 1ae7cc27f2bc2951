import type { Attack } from '../../attack.js';

export default {
  aim: "overflows the stack inside of the engine's own functions",
  language: 'javascript',
  source: `
const deep = (make, use) => { let v = make(); for (let i = 0; i < 20000; i++) v = make(v); try { use(v); log('ok'); } catch (e) { log(e.name); } };
deep((v) => [v], (v) => JSON.stringify(v));
deep((v) => [v], (v) => v.flat(Infinity));
deep((v) => [v], (v) => String(v));
try { new RegExp('('.repeat(50000) + ')'.repeat(50000)); log('ok'); } catch (e) { log('RangeError'); }
`,
  ends: ['exited', 'limit memory'],
  logs: /^(RangeError ?|ok ?)*$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
