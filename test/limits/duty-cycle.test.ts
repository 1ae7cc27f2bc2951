import t from 'tap';
import { DutyCycle } from '../../supervisor/limits/duty-cycle.js';

interface Run {
  readonly share: number;
  readonly longestStall: number;
  readonly looks: number;
}

/** A process that wants `appetite(time)` of a core, looked at as the cycle asks, each time `late` seconds late. */
function simulate(share: number, seconds: number, appetite: (at: number) => number, late = () => 0): Run {
  let now = 0;
  let used = 0;
  let longestStall = 0;
  let looks = 0;
  const cycle = new DutyCycle(share, 0);
  while (now < seconds) {
    const { run, wait } = cycle.observe(now, used);
    looks += 1;
    const passed = wait + late();
    if (run) used += passed * appetite(now);
    else longestStall = Math.max(longestStall, passed);
    now += passed;
  }
  return { share: used / now, longestStall, looks };
}

const always = () => 1;

t.test('a busy process gets its share, whatever the timers do', (t) => {
  let turn = 0;
  for (const late of [() => 0, () => 0.002, () => (turn++ % 7) * 0.003]) {
    for (const share of [0.01, 0.05, 0.1, 0.25, 0.5, 0.9]) {
      const run = simulate(share, 60, always, late);
      // What is owed or saved at the end is at most one late look's worth.
      t.ok(Math.abs(run.share - share) < 0.01 * share + 0.05 / 60, `${run.share.toFixed(4)} of ${share}`);
    }
  }
  t.end();
});

t.test('stalls are short: at most 0.1 s at a tenth of a core', (t) => {
  t.ok(simulate(0.1, 60, always, () => 0.003).longestStall <= 0.1);
  t.ok(simulate(0.5, 60, always).longestStall <= 0.02);
  t.end();
});

t.test('an idle process is looked at ten times a second, one that no limit can hold too', (t) => {
  t.ok(simulate(0.1, 60, () => 0).looks < 620);
  t.ok(simulate(2, 60, always).looks < 620);
  t.equal(simulate(2, 60, always).longestStall, 0);
  t.end();
});

t.test('one that wakes up uses what it was seen too late to use, and pays it back in short stalls', (t) => {
  const run = simulate(0.1, 30, (at) => (at % 3 < 1 ? 0 : 1));
  t.ok(run.share <= 0.1 * 1.02 + 0.1 / 30, `${run.share}`);
  t.ok(run.longestStall <= 0.1, `${run.longestStall}`);
  t.end();
});

t.test('a process below its share is never stopped', (t) => {
  t.equal(simulate(0.5, 30, () => 0.4).longestStall, 0);
  t.end();
});
