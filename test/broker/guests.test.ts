/** The broker as real guests in real processes meet it. */
import t from 'tap';
import { leastOf } from '../support/patience.js';
import { openYard, type TestYard, wideRestrictions } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

const wide = { restrictions: wideRestrictions };

t.test('many large reads and writes at once: neither side waits for the other forever', async (t) => {
  const output = await yard.output(
    `const f = await openfile('f', true);
     const g = await openfile('g', true);
     await f.writeat('x'.repeat(1000000), 0);
     const calls = [];
     for (let i = 0; i < 20; i += 1) calls.push(f.readat(500000, 0));
     for (let i = 0; i < 5; i += 1) calls.push(g.writeat('y'.repeat(1000000), 0));
     const sizes = await Promise.all(calls);
     await log(String(sizes.slice(0, 20).every((data) => data.length === 500000)));`,
    wide,
  );
  t.equal(output, 'true');
});

t.test('a file of several megabytes survives being cut into frames', async (t) => {
  const output = await yard.output(
    `const f = await openfile('big', true);
     const part = Array.from({ length: 1000 }, (_, i) => String(i).padStart(7)).join('');
     const whole = part.repeat(500);
     await f.writeat(whole, 0);
     await f.writeat('tail', whole.length);
     const data = await f.readat(null, 0);
     await log(String(data === whole + 'tail'), String(data.length));`,
    wide,
  );
  t.equal(output, 'true 3500004');
});

t.test('a rate holds over time, with one second of burst', async (t) => {
  const restrictions = wideRestrictions.replace('random 1000000000', 'random 20480');
  /** Seconds' worth that are missing from the burst. */
  const call = async () => {
    const output = await yard.output(
      `const begin = getruntime();
       let calls = 0;
       while (getruntime() - begin < 1.5) { await randombytes(); calls += 1; }
       await log(String(calls * 1024 / 20480 - (getruntime() - begin)));`,
      { restrictions },
    );
    // In t seconds t + 1 seconds' worth and one call (0.05 s) at most; less only when a wake-up comes late on a busy host.
    const ahead = Number(output);
    t.ok(ahead <= 1.06, `${ahead} seconds' worth ahead`);
    return 1 - ahead;
  };
  const missing = await leastOf(0.5, call);
  t.ok(missing < 0.5, `${missing} seconds' worth are missing`);
});

t.test('the write that would pass diskused ends the program', async (t) => {
  const restrictions = wideRestrictions.replace('diskused 100000000', 'diskused 100000');
  const program = await yard.start(
    `const f = await openfile('f', true);
     for (let i = 0; ; i += 1) await f.writeat('z'.repeat(1000), i * 1000);`,
    { restrictions },
  );
  t.match(await program.outcome, {
    reason: 'limit',
    limit: { resource: 'diskused', allowed: 100_000, used: 100_096 },
    usage: { diskBytes: 99_096 },
  });
});

t.test('a rate of 0 ends the program that uses it', async (t) => {
  const program = await yard.start('await randombytes();', {
    restrictions: wideRestrictions.replace('random 1000000000', 'random 0'),
  });
  t.match(await program.outcome, { reason: 'limit', limit: { resource: 'random', allowed: 0 } });
});
