/** Each restrictions file of probe_restr.txt: how the program starts and ends under it. */
import t from 'tap';
import { unable } from '../cli/repyard.js';
import { openRepy, type Ran } from './support/repy.js';
import { wide } from './support/restrictions.js';
import { fixture, Tally } from './support/tally.js';

interface Case {
  readonly text: string;
  readonly file?: string;
  readonly program?: string;
}

const without = (name: string): string => wide().replace(new RegExp(`^resource ${name} .*\n`, 'm'), '');
const and = (text: string): string => `${wide()}${text}\n`;
const sleeper = 'log("")\nsleep(30)\n';
const writer = 'f = openfile("f", True)\nf.writeat("x" * 20000, 0)\nsleep(30)\n';

const cases: Readonly<Record<string, Case>> = {
  ok: { text: wide() },
  empty: { text: '' },
  'missing-cpu': { text: without('cpu') },
  'unknown-resource': { text: and('resource foo 3') },
  'bad-word': { text: and('resorce events 3') },
  'too-few': { text: `resource netsend\n${wide()}` },
  'too-many': { text: `resource netsend 3 4\n${wide()}` },
  'bad-value': { text: `resource netsend abc\n${wide()}` },
  'float-for-int': { text: `resource insockets 1.5\n${wide()}` },
  dup: { text: and('resource cpu 2') },
  'dup-port-ok': { text: and('resource messport 63100') },
  'comment-inline': { text: and('resource messport 5 # five') },
  'call-lines': { text: and('call gethostbyname_ex allow\ncall open arg 1 is r allow') },
  crlf: { text: wide().replaceAll('\n', '\r\n') },
  uppercase: { text: and('resource NETSEND 5') },
  negative: { text: wide({ netsend: -5 }) },
  hexvalue: { text: `resource insockets 0x10\n${wide()}` },
  expvalue: { text: wide({ netsend: '1e3' }) },
  nanvalue: { text: wide({ netsend: 'nan' }) },
  inf: { text: wide({ netsend: 'inf' }) },
  'cpu-zero': { text: wide({ cpu: 0 }) },
  'no-events': { text: without('events') },
  'no-lograte': { text: without('lograte') },
  'mem-tiny': { text: wide({ memory: 1_000_000 }), program: sleeper },
  'disk-tiny': { text: wide({ diskused: 1000 }), program: sleeper },
  events1: { text: wide({ events: 1 }) },
  events0: { text: wide({ events: 0 }) },
  'zero-random': { text: wide({ random: 0 }), file: 'rnd.r2py', program: 'randombytes()\n' },
  'zero-fileread': { text: wide({ fileread: 0 }), file: 'lf.r2py', program: 'listfiles()\n' },
  'zero-filesopened': {
    text: wide({ filesopened: 0 }),
    file: 'of.r2py',
    program: 'log("a\\n"); openfile("x", True)\n',
  },
  'zero-netsend-getmyip': { text: wide({ netsend: 0 }), file: 'my.r2py', program: 'getmyip()\n' },
  'zero-random-caught': {
    text: wide({ random: 0 }),
    program: 'try:\n  randombytes()\nexcept IndexError, e:\n  log("caught", e)\n',
  },
  'mem-tiny-sleep': { text: wide({ memory: 1_000_000 }), program: sleeper },
  'disk-tiny-sleep': { text: wide({ diskused: 1000 }), program: writer },
  'cpu-zero-sleep': { text: wide({ cpu: 0 }), program: sleeper },
};

const telling =
  /^(ran|a|caught|Internal Error|Uncaught exception!|Exception \(|Monitor|(Memory|Disk) use|repyard: | {2}"\w+\.r2py")/;
/** What the recording kept of an output: the lines that matter. Figures of use differ from run to run. */
function form(lines: string): string {
  return lines
    .split('\n')
    .filter((line) => telling.test(line))
    .map((line) => line.replace(/ use '\d+' over/, " use 'N' over"))
    .join('\n');
}
const answer = ({ out, err }: Ran): string => form(`${out}\n${err}`);

t.test('probe_restr.txt', { skip: unable() }, async (t) => {
  const tally = new Tally('probe_restr', {
    negative: 'negative or `nan` limits',
    nanvalue: 'negative or `nan` limits',
    'no-events': '`events` missing or 0',
    events0: '`events` missing or 0',
    'cpu-zero': '`cpu 0`',
    'cpu-zero-sleep': '`cpu 0`',
    'zero-random': 'a call without arguments at a rate of 0',
    'zero-fileread': 'a call without arguments at a rate of 0',
    'zero-netsend-getmyip': 'a call without arguments at a rate of 0',
    'zero-random-caught': 'a call without arguments at a rate of 0',
  });
  const repy = await openRepy();
  t.teardown(() => repy.close());
  for (const part of fixture('probe_restr.txt').split(/^== /m).slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    const given = cases[name];
    if (given === undefined) {
      t.fail(`no restrictions for ${name}`);
      continue;
    }
    const file = given.file ?? 'p.r2py';
    const ran = await repy.run(['r', file], { r: given.text, [file]: given.program ?? 'log("ran\\n")\n' });
    tally.compare(t, name, answer(ran), form(lines.join('\n')));
  }
  tally.finish(t as never);
});
