/** How exactly each rate holds for real programs in each language: calls in two seconds, against RepyV2's rule. */
import t from 'tap';
import { leastOf } from '../support/patience.js';
import { openYard } from '../support/yard.js';

const seconds = 2;
/**
 * Of the expected count; a single call is the finest that can be told. The limits are such that a call comes every 15 ms or more,
 * so that a busy host's delays don't show.
 */
const tolerance = 0.02;

interface Rate {
  readonly name: string;
  readonly limit: number;
  /** What one call costs. */
  readonly cost: number;
  /** As a Python statement, without what it needs before. */
  readonly python: string;
  readonly pythonBefore?: string;
  readonly javascript: string;
  readonly javascriptBefore?: string;
}

const [here, there] = [63_786, 63_787];
const file = {
  pythonBefore: 'f = openfile("rates", True)',
  javascriptBefore: 'const f = await openfile("rates", true);',
};
const resolve = { python: 'gethostbyname("127.0.0.1")', javascript: 'await gethostbyname("127.0.0.1");' };

const rates: readonly Rate[] = [
  {
    name: 'filewrite',
    limit: 100_000,
    cost: 4096,
    ...file,
    python: 'f.writeat("x" * 1024, 0)',
    javascript: 'await f.writeat("x".repeat(1024), 0);',
  },
  { name: 'fileread', limit: 100_000, cost: 4096, python: 'listfiles()', javascript: 'await listfiles();' },
  { name: 'random', limit: 30_000, cost: 1024, python: 'randombytes()', javascript: 'await randombytes();' },
  {
    name: 'lograte',
    limit: 6_000,
    cost: 101,
    python: 'log("l" * 100 + "\\n")',
    javascript: 'await log("l".repeat(100) + "\\n");',
  },
  { name: 'netsend', limit: 50_000, cost: 1024, ...resolve },
  { name: 'netrecv', limit: 200_000, cost: 4096, ...resolve },
  {
    name: 'loopsend',
    limit: 40_000,
    cost: 1000,
    python: `sendmessage("127.0.0.1", ${there}, "z" * 936, "127.0.0.1", ${here})`,
    javascript: `await sendmessage("127.0.0.1", ${there}, "z".repeat(936), "127.0.0.1", ${here});`,
  },
  {
    name: 'looprecv',
    limit: 40_000,
    cost: 1000,
    pythonBefore: `u = listenformessage("127.0.0.1", ${there})`,
    python: `sendmessage("127.0.0.1", ${there}, "z" * 936, "127.0.0.1", ${there + 1}); u.getmessage()`,
    javascriptBefore: `const u = await listenformessage("127.0.0.1", ${there});`,
    javascript: `await sendmessage("127.0.0.1", ${there}, "z".repeat(936), "127.0.0.1", ${there + 1}); await u.getmessage();`,
  },
];

const python = ({ pythonBefore = 'pass', python }: Rate): string => `
${pythonBefore}
n = 0
begun = getruntime()
while getruntime() - begun < ${seconds}:
  ${python}
  n += 1
took = getruntime() - begun
sleep(1.1)
log("\\n" + str(n), str(took))
`;

const javascript = ({ javascriptBefore = '', javascript }: Rate): string => `
${javascriptBefore}
let n = 0;
const begun = getruntime();
while (getruntime() - begun < ${seconds}) {
  ${javascript}
  n += 1;
}
const took = getruntime() - begun;
await sleep(1.1);
await log('\\n' + n, took);
`;

const restrictions = ({ name, limit }: Rate): string => {
  const wide = ['filewrite', 'fileread', 'random', 'lograte', 'netsend', 'netrecv', 'loopsend', 'looprecv'];
  const limits = wide.map((each) => `resource ${each} ${each === name ? limit : 1e12}`);
  const ports = [here, there, there + 1].map((port) => `resource messport ${port}`);
  const counts = ['events 5', 'filesopened 5', 'insockets 5', 'outsockets 5'].map((count) => `resource ${count}`);
  return [
    'resource cpu 1',
    'resource memory 30000000',
    'resource diskused 1000000',
    ...limits,
    ...ports,
    ...counts,
    '',
  ].join('\n');
};

for (const [language, program] of [
  ['python', python],
  ['javascript', javascript],
] as const) {
  t.test(`each rate, in ${language}`, async (t) => {
    const yard = await openYard();
    t.teardown(() => yard.close());
    await Promise.all(
      rates.map(async (rate) => {
        const least = ((rate.limit * (seconds + 1)) / rate.cost) * (1 - tolerance) - 1;
        /** How many calls are missing. */
        const call = async () => {
          const output = await yard.output(program(rate), { language, restrictions: restrictions(rate) });
          const [n, took] = output.slice(output.lastIndexOf('\n')).split(' ').map(Number) as [number, number];
          // The last call may end late on a busy host.
          const most = ((rate.limit * (took + 1)) / rate.cost) * (1 + tolerance) + 1;
          t.ok(n <= most, `${rate.name}: ${n} calls in ${took.toFixed(2)} s, at most ${most.toFixed(1)} expected`);
          return Math.max(0, least - n);
        };
        // A program that was kept from running did less.
        const missing = await leastOf(0, call);
        t.equal(missing, 0, `${rate.name}: at least ${least.toFixed(1)} calls expected`);
      }),
    );
  });
}
