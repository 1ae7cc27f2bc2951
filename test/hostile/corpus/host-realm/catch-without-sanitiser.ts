import type { Attack } from '../../attack.js';

export default {
  aim: 'catches an error of the runtime by every form of catch that a rewriter could miss',
  language: 'javascript',
  source: `
const roots = [];
const keep = (e) => roots.push(e);
try { await openfile(1, 1); } catch ({ constructor }) { keep(constructor); }
try { null.x; } catch ({ [(() => 'constructor')()]: c }) { keep(c); }
await openfile('', false).then(undefined, keep);
await openfile('', false).catch(keep);
(async () => { await openfile('', false); })().catch(keep).finally(() => {});
await Promise.allSettled([openfile('', false)]).then(([r]) => keep(r.reason));
await Promise.any([openfile('', false)]).catch((e) => keep(e.errors[0]));
async function* g() { try { yield await openfile('', false); } catch (e) { keep(e); } }
for await (const _ of g()) {}
for (const r of roots) { let c = r; for (let i = 0; i < 5 && c; i += 1) { c = c.constructor; try { c('return process')(); log('ESCAPED'); } catch (e) {} } }
log(roots.length >= 7 ? 'tried' : roots.length);
`,
  ends: ['exited'],
  logs: /^tried$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
