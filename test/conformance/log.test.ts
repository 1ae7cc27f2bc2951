/** Each scene of probe_log.txt: what the two files of `--logfile` hold after writes of various sizes. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { unable } from '../cli/repyard.js';
import { openRepy, type Ran } from './support/repy.js';
import { wide } from './support/restrictions.js';
import { fixture, Tally } from './support/tally.js';

const numbered = (count: number, from = 0): string =>
  `for i in xrange(${from}, ${from + count}):\n  log("%015d\\n" % i)\n`;
const letters = (count: number): string => `log("A" * ${count})\n`;
/** So many bytes in one write. */
const oneWrite = 'text = ""\nfor i in xrange(6250):\n  text += "%07d," % i\nlog(text)\n';

interface Scene {
  /** Undefined when only the files are looked at. */
  readonly program?: string;
  /** Files that are there before, instead of the last scene's. */
  readonly start?: Readonly<Record<string, string>>;
}

const scenes: Readonly<Record<string, Scene>> = {
  '1 KB': { start: {}, program: numbered(64) },
  'append second run (1 KB more)': { program: numbered(64, 100) },
  'exactly 16384': { start: {}, program: numbered(1024) },
  '16384+16': { start: {}, program: numbered(1025) },
  '40000 in 16B lines': { start: {}, program: numbered(2500) },
  'then another run 1KB': { program: numbered(64, 9000) },
  'one write 20000 (empty logs)': { start: {}, program: letters(20000) },
  'one write 33000 (empty logs)': { start: {}, program: letters(33000) },
  'one write 50000 numbered': { start: {}, program: oneWrite },
  'one write 32768 (exactly 2x)': { start: {}, program: letters(32768) },
  'one write 49152 (3x: lastchunk 0)': { start: {}, program: letters(49152) },
  'log 100B then 50000': { start: {}, program: letters(100) + letters(50000) },
  'only .new exists (corner)': { start: { 'lg.old': 'x\n' } },
  'corner run': { start: { 'lg.new': 'x\n' }, program: 'log("y\\n")\n' },
  'int items, softspace': { start: {}, program: 'log(1, 2, 3, "a\\n", None, 1.5)\n' },
};

function listed({ files }: Pick<Ran, 'files'>): string {
  return [...files]
    .filter(([name]) => name.startsWith('lg.'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, text]) => {
      const shown = text.replaceAll('\n', '|');
      return text === ''
        ? `  ${name} 0 first:  last: `
        : `  ${name} ${text.length} first: ${shown.slice(0, 12)} last: ${shown.slice(-12)}`;
    })
    .join('\n');
}

t.test('probe_log.txt', { skip: unable() }, async (t) => {
  const tally = new Tally('probe_log', {
    'one write 49152 (3x: lastchunk 0)': 'one log write of a multiple of 16 KiB',
  });
  const repy = await openRepy();
  t.teardown(() => repy.close());
  let directory = '';
  for (const part of fixture('probe_log.txt').split(/^== /m).slice(1)) {
    const [name = '', ...lines] = part.split('\n');
    const recorded = lines.filter((line) => line.startsWith('  lg.')).join('\n');
    const scene = scenes[name];
    if (scene === undefined) {
      t.fail(`no program for ${name}`);
      continue;
    }
    if (scene.start !== undefined) directory = await repy.directory({ r: wide(), ...scene.start });
    await writeFile(join(directory, 'p.r2py'), scene.program ?? '');
    const ran = await repy.runIn(directory, ['--logfile', 'lg', 'r', 'p.r2py']);
    t.equal(ran.code, 0);
    tally.compare(t, name, listed(ran), recorded);
  }
  tally.finish(t as never);
});
