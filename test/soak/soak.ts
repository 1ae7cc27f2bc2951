/** Starts and ends programs by the thousand, good and hostile, in all languages, and looks after each batch at what is held. */
import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { loadRestrictions } from '../../restrictions/load.js';
import { type Program, Supervisor } from '../../supervisor/index.js';
import type { NamedAttack } from '../hostile/corpus.js';
import { readHostState, settledState } from '../hostile/host-state.js';
import { Stage } from '../hostile/stage.js';
import { type Sample, takeSample } from './sample.js';

export interface SoakOptions {
  readonly programs: number;
  readonly batch: number;
  /** In turn; the same ones come round again and again. */
  readonly mixture: readonly NamedAttack[];
  readonly root: string;
  readonly onSample?: (sample: Sample, failures: readonly string[]) => void;
}

export interface SoakResult {
  readonly samples: readonly Sample[];
  /** Programs that did not end as they should, or weren't contained. */
  readonly failures: readonly string[];
}

const side = 4;
/** One of each: every zygote runs from the start. */
const memoryOfClasses = [15_000_000, 200_000_000, 400_000_000];
/** In the class that hardly any other program has, so that it keeps no zygote of theirs alive. */
const memberRestrictions = 'resource cpu 0.1\nresource memory 400000000\nresource diskused 1000\nresource events 1\n';

export async function soak({ programs, batch, mixture, root, onSample }: SoakOptions): Promise<SoakResult> {
  const supervisor = await Supervisor.open();
  const stage = new Stage(supervisor, root);
  await stage.open();
  const { TMPDIR } = process.env;
  // What else is in the host's is not ours to count.
  mkdirSync(`${root}/temporary`);
  process.env.TMPDIR = `${root}/temporary`;
  try {
    await Promise.all(memoryOfClasses.map((memory) => supervisor.warm(memory)));
    const member = await startMember(supervisor, root);
    const samples: Sample[] = [];
    const failures: string[] = [];
    for (let done = 0; done < programs; ) {
      const until = Math.min(programs, done + batch);
      const worker = async () => {
        while (done < until) {
          const attack = mixture[done % mixture.length]!;
          done += 1;
          const result = await stage.run(attack);
          for (const failure of result.failures) failures.push(`${attack.kind}/${attack.name}: ${failure}`);
        }
      };
      const before = readHostState(member.status().pid!);
      await Promise.all(Array.from({ length: side }, worker));
      await settledState(member.status().pid!, before);
      // A retired zygote's process is reaped, and its pipes are closed, in turns of the event loop of their own.
      await delay(50);
      const sample = await takeSample(done, member.status().pid!, root);
      samples.push(sample);
      onSample?.(sample, failures);
    }
    return { samples, failures };
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await stage.close();
    await supervisor.close();
  }
}

async function startMember(supervisor: Supervisor, root: string): Promise<Program> {
  mkdirSync(`${root}/member`);
  const member = await supervisor.start({
    name: 'member.js',
    language: 'javascript',
    source: Buffer.from('await sleep(1e6);'),
    args: [],
    restrictions: loadRestrictions(Buffer.from(memberRestrictions)),
    directory: `${root}/member`,
    log: { write: () => undefined, close: async () => undefined },
  });
  while (member.state !== 'running') {
    if (member.state === 'ended') throw new Error(`the member ended: ${(await member.outcome).message}`);
    await delay(5);
  }
  return member;
}
