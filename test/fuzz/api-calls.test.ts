/** Ten thousand API calls at random in each language: the guest gets a result or a Repy exception, and the supervisor goes on. */
import { readdirSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import t from 'tap';
import type { Language } from '../../protocol/messages.js';
import { openYard } from '../support/yard.js';

const calls = 10_000;
const seed = 20_250_101;
/** Apart from the ports of the other tests. */
const ports: Readonly<Record<string, readonly [number, number]>> = { js: [63_780, 63_781], r2py: [63_782, 63_783] };

const restrictions = ([a, b]: readonly [number, number]): string => `
resource cpu 2
resource memory 100000000
resource diskused 20000000
resource events 10
resource filesopened 5
resource insockets 5
resource outsockets 10
${['fileread', 'filewrite', 'lograte', 'random', 'netsend', 'netrecv', 'loopsend', 'looprecv'].map((name) => `resource ${name} 1e12`).join('\n')}
${[a, b].map((port) => `resource messport ${port}\nresource connport ${port}`).join('\n')}
`;

for (const [extension, language] of [
  ['js', 'javascript'],
  ['r2py', 'python'],
] as const satisfies [string, Language][]) {
  t.test(`${calls} random calls in ${language}`, async (t) => {
    const yard = await openYard();
    t.teardown(() => yard.close());
    const own = ports[extension]!;
    const options = { language, restrictions: restrictions(own), name: `guest.${extension}` } as const;
    const source = readFileSync(new URL(`../../../test/fixtures/fuzz/api-calls.${extension}`, import.meta.url), 'utf8');
    await yard.run(language === 'python' ? 'pass' : '', options);
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = descriptors();
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const output = await yard.output(source, { ...options, args: [seed, calls, ...own].map(String) });
    delay.disable();
    t.comment(output);
    t.equal(descriptors(), before, 'descriptors');
    // A turn is a few milliseconds; the bound leaves room for a busy host.
    t.ok(delay.max / 1e6 < 500, `the longest turn took ${(delay.max / 1e6).toFixed(0)} ms`);
    if (language === 'python') {
      t.notMatch(output, /odd/);
      t.match(output, /result \d{3}/);
    } else {
      const { outcomes, odd } = JSON.parse(output) as { outcomes: Record<string, number>; odd: string[] };
      t.same(odd, []);
      t.ok(Object.keys(outcomes).length > 10, 'exceptions of many kinds');
      t.equal(
        Object.values(outcomes).reduce((sum, count) => sum + count, 0),
        calls,
      );
    }
  });
}
