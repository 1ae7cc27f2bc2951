/** The benchmark programs compute what CPython 2.7 computes. How fast is for the benchmarks to say. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { programPath, programs, secondsByLine } from '../../../bench/python/lines.js';
import { runFake } from './fake-host.js';

for (const program of programs) {
  t.test(program, async (t) => {
    const host = runFake(readFileSync(programPath(program), 'latin1'), { name: `${program}.r2py` });
    t.match(host.ended, { reason: 'exited' });
    // Throws when a checksum is wrong or a line is missing.
    t.ok(secondsByLine(program, host.output, 1).size > 0);
  });
}
