/** Start requests of those who don't use TypeScript, or got past it. */
import '../support/untapped.js';
import t from 'tap';
import { loadRestrictions, type ProgramSpec, StreamLog, Supervisor } from '../../supervisor/index.js';
import { narrowRestrictions } from '../support/yard.js';

t.test('a start request that is none is refused with its field, and nothing else is the worse for it', async (t) => {
  const supervisor = await Supervisor.open();
  t.teardown(() => supervisor.close());
  const good: ProgramSpec = {
    name: 'p.js',
    language: 'javascript',
    source: Buffer.from(''),
    args: [],
    restrictions: loadRestrictions(Buffer.from(narrowRestrictions)),
    directory: t.testdir({}),
    log: new StreamLog(process.stderr),
  };
  const wrong: Record<keyof typeof good, unknown[]> = {
    name: [undefined, 5],
    language: [undefined, 'ruby', 'toString'],
    source: [undefined, 'log(1)', [1]],
    args: [undefined, 'abc', [1], [null]],
    restrictions: [undefined, narrowRestrictions, { resources: { cpu: 1 } }, { limits: {} }],
    directory: [undefined, '', 3],
    log: [undefined, {}, 'x'],
    network: [],
    announcement: [],
  };
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) {
      const message = new RegExp(`^the program's ${field} must be `);
      await t.rejects(supervisor.start({ ...good, [field]: value } as ProgramSpec), { code: 'START', message });
    }
  }
  await t.rejects(supervisor.start(undefined as never), { code: 'START' });
  t.same(supervisor.list(), []);
  const program = await supervisor.start(good);
  await t.rejects(program.change({ limits: {} } as never), { code: 'LIMITS', message: /loadRestrictions/ });
  t.equal((await program.outcome).reason, 'exited');
});
