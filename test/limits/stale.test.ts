/** A supervisor that was killed leaves cgroups, and maybe processes in them; the next one removes both. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import t from 'tap';
import { until } from '../support/patience.js';
import { type LiveYard, numberOf, openYard } from './live-yard.js';

/** Makes a yard with one program's group and a process in it, says where they are, and waits to be killed. */
const supervisor = `
  import { openYard, startIn } from ${JSON.stringify(new URL('live-yard.js', import.meta.url).href)};
  const yard = await openYard();
  const group = await yard.limiter.create('1', { cpu: 1, memory: 50 << 20, processes: 4 });
  startIn(group, 'sleep', '60');
  while (group.usage().processes === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  console.log(JSON.stringify(yard.directories));
  setInterval(() => {}, 1000);`;

const probe = await openYard();
const lack = typeof probe === 'string' && probe;
if (typeof probe !== 'string') await probe.close();

t.test('the next start removes what a killed supervisor left', { skip: lack }, async (t) => {
  const dying = execa(process.execPath, ['--input-type=module', '--eval', supervisor], { reject: false });
  let said = '';
  dying.stdout.on('data', (chunk) => {
    said += chunk;
  });
  while (!said.endsWith('\n')) await delay(5);
  const yards: string[] = JSON.parse(said).filter((directory: string) => existsSync(`${directory}/1`));
  t.ok(yards.length > 0);

  const during = (await openYard()) as LiveYard;
  for (const directory of yards) t.ok(existsSync(`${directory}/1`), `${directory} is left alone while its owner lives`);
  await during.close();

  const [pid] = readFileSync(`${yards[0]}/1/cgroup.procs`, 'utf8').split('\n');
  t.ok(existsSync(`/proc/${pid}`), 'its program runs');
  const groups = yards.map((directory) => ({ path: `${directory}/1`, number: numberOf(`${directory}/1`) }));
  const left = () => groups.filter(({ path, number }) => number !== undefined && numberOf(path) === number);
  t.same(left(), groups);
  dying.kill('SIGKILL');
  await dying;

  // Tests run beside each other: another one's supervisor may be at it before this one, which then leaves it to that.
  const removed = async () => {
    await ((await openYard()) as LiveYard).close();
    return left().length === 0;
  };
  t.ok(await until(removed), 'its groups are removed', { left: left() });
  t.ok(await until(() => endedOrZombie(Number(pid))), 'its program was killed');
});

/** Its new parent may take a moment to reap it. */
function endedOrZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
