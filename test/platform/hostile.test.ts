/** Attacks on the language layer and on file names, where these are all that stands between a program and the host. */
import '../support/untapped.js';
import t from 'tap';
import { Supervisor } from '../../supervisor/index.js';
import { loadCorpus } from '../hostile/corpus.js';
import { endingOf, Stage } from '../hostile/stage.js';
import { lacks } from '../launch/support.js';
import { portableOptions } from '../support/portable.js';

/** The classes whose containment is not the kernel's. */
const kinds = ['host-realm', 'namespaces', 'paths'];
const side = 3;

t.test('the hostile corpus in started processes', { skip: lacks, timeout: 800_000 }, async (t) => {
  const supervisor = await Supervisor.open(portableOptions());
  const stage = new Stage(supervisor, t.testdir());
  await stage.open();
  const queue = (await loadCorpus()).filter(({ kind }) => kinds.includes(kind));
  t.ok(queue.length >= 95, `${queue.length} attacks`);
  const worker = async () => {
    for (let attack = queue.shift(); attack !== undefined; attack = queue.shift()) {
      const { failures, outcome, log } = await stage.run(attack);
      t.same(failures, [], `${attack.kind}/${attack.name}: ${endingOf(outcome)}`, {
        log: log.slice(0, 2000),
        report: outcome.report ?? '',
      });
    }
  };
  await Promise.all(Array.from({ length: side }, worker));
  await stage.close();
  await supervisor.close();
});
