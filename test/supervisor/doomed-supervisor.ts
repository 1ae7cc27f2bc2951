/** Hosts two idle guests, says which processes and groups that makes, and waits to be killed. Run by death.test.ts. */
import { readFileSync, statSync } from 'node:fs';
import { openYard } from '../support/yard.js';

const yard = await openYard();
const idle = await Promise.all([yard.start('await sleep(60);'), yard.start('await sleep(60);')]);
await yard.running(idle);
const children = idle.map((program) => program.status().pid!);
const zygote = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${children[0]}/status`, 'utf8'))?.[1]);

const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
const groups = readFileSync(`/proc/${children[0]}/cgroup`, 'utf8')
  .split('\n')
  .map((line) => /^\d+:([^:]*):(.*repyard-.*)$/.exec(line))
  .flatMap((found) => {
    if (found === null) return [];
    const controller = found[1]!;
    const mount = mounts.find((line) =>
      controller === '' ? / - cgroup2 /.test(line) : new RegExp(` - cgroup .*\\b${controller}\\b`).test(line),
    );
    return mount === undefined ? [] : [mount.split(' ')[4] + found[2]!];
  })
  // A group that another supervisor makes later may get the same name, but not the same number.
  .map((path) => ({ path, inode: String(statSync(path, { bigint: true }).ino) }));
console.log(JSON.stringify({ pids: [zygote, ...children], groups }));
