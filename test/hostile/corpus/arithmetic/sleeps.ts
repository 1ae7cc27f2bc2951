import type { Attack } from '../../attack.js';

export default {
  aim: "sleeps for a time that isn't one, so that a timer never fires or fires for ever",
  language: 'javascript',
  source: `
const answers = [];
for (const odd of [NaN, -Infinity, -1, -1e308, '1', null, {}, 10n, Symbol.iterator]) answers.push(await Promise.race([sleep(odd).then(() => 'slept', (e) => e.name), sleep(1).then(() => 'late')]));
await sleep(-0);
log([...new Set(answers)].join());
let fired = 0;
for (const odd of [NaN, -1, Infinity, 1e308, '5', null]) setTimeout(() => { fired += 1; }, odd);
await sleep(0.05);
log(fired <= 6 ? 'timers' : 'ESCAPED');
exitall();
`,
  ends: ['exited', 'exitall'],
  logs: /^RepyArgumentError timers$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
