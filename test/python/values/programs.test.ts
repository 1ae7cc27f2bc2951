/** Programs over values, instances and iterators of guests, against what they log under CPython 2.7 (fixtures/python/values/programs). */
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { runFake } from '../../child-runtime/python/fake-host.js';

const folder = new URL('../../../../test/fixtures/python/values/programs/', import.meta.url);

/** log() puts no space behind a newline or in front of the first item; the recorder puts one between all items. */
const spaced = (line: string): string => line.replace(/ +/g, ' ').trim();

for (const file of readdirSync(folder).filter((name) => name.endsWith('.r2py'))) {
  t.test(file, (t) => {
    const host = runFake(readFileSync(new URL(file, folder), 'latin1'));
    const recorded = readFileSync(new URL(file.replace('.r2py', '.txt'), folder), 'latin1');
    t.equal(host.ended?.reason, 'exited', host.ended?.report ?? '');
    t.same(host.output.split('\n').map(spaced), recorded.split('\n').map(spaced));
    t.end();
  });
}
