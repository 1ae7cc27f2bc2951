/** What a program gives back at its end, and what it must not. */
import t from 'tap';
import { loadRestrictions } from '../../restrictions/load.js';
import { Holdings } from '../../supervisor/holdings.js';
import type { LimitGroup } from '../../supervisor/limits/limiter.js';
import { linux } from '../../supervisor/platform/linux.js';
import type { ProgramSpec } from '../../supervisor/program-spec.js';
import type { ProgramServices } from '../../supervisor/services.js';

const restrictions = loadRestrictions(
  Buffer.from('resource cpu 1\nresource memory 15000000\nresource diskused 0\nresource events 1\n'),
);

t.test(
  'a uid is given back once its group is empty, and kept where a process may be left',
  { skip: process.platform !== 'linux' && 'needs /proc' },
  async (t) => {
    for (const stuck of [false, true]) {
      const given: number[] = [];
      const group = {
        door: { joinFiles: [] },
        enforcement: () => [],
        usage: () => ({}),
        async remove() {
          if (stuck) throw new Error('processes survived SIGKILL');
        },
      } as unknown as LimitGroup;
      const services = {
        platform: { ...linux, layers: [] },
        limiter: { mechanism: 'none', create: async () => group },
        allowDegraded: true,
        identities: {
          shared: false,
          allocate: () => ({ uid: 7, gid: 7 }),
          release: ({ uid }: { uid: number }) => void given.push(uid),
        },
      } as unknown as ProgramServices;
      const holdings = new Holdings(services);
      const spec = {
        name: 'p',
        language: 'javascript',
        ...{ source: Buffer.of(), args: [], restrictions, directory: t.testdir() },
        log: { write: () => undefined, close: async () => undefined },
      } as const satisfies ProgramSpec;
      await holdings.prepare(1, spec, restrictions);
      const failures = await holdings.release();
      t.same(given, stuck ? [] : [7]);
      t.same(failures, stuck ? ['removing the limit group: processes survived SIGKILL'] : []);
      await holdings.release();
      t.same(given, stuck ? [] : [7], 'once');
    }
  },
);
