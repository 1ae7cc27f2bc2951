/** A well-behaved program that asks for something all the time. How long it ever waited tells whether others can starve it. */

import { loadRestrictions } from '../../restrictions/load.js';
import type { Program, Supervisor } from '../../supervisor/index.js';
import { wideRestrictions } from '../support/yard.js';

const source = `for (;;) { await sleep(0.02); await randombytes(); await log('.'); }`;

export class Witness {
  /** Milliseconds of the longest time between two answers, and how many there were. */
  longestGapMs = 0;
  answers = 0;
  #last = 0;

  private constructor(readonly program: Program) {}

  static async start(supervisor: Supervisor, directory: string): Promise<Witness> {
    let witness: Witness | undefined;
    const program = await supervisor.start({
      name: 'witness.js',
      language: 'javascript',
      source: Buffer.from(source),
      args: [],
      restrictions: loadRestrictions(Buffer.from(wideRestrictions.replace('cpu 2', 'cpu 0.3'))),
      directory,
      log: { write: () => witness?.saw(), close: async () => undefined },
    });
    witness = new Witness(program);
    await firstAnswer(witness);
    return witness;
  }

  get pid(): number {
    const { pid } = this.program.status();
    if (pid === null) throw new Error('the witness has ended');
    return pid;
  }

  /** Takes the time between now and the last answer as a gap, too. */
  look(): void {
    this.longestGapMs = Math.max(this.longestGapMs, performance.now() - this.#last);
  }

  /** Forgets the gaps so far. */
  reset(): void {
    this.longestGapMs = 0;
  }

  private saw(): undefined {
    if (this.#last > 0) this.look();
    this.#last = performance.now();
    this.answers += 1;
    return undefined;
  }
}

function firstAnswer(witness: Witness): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const timer = setInterval(() => {
      if (witness.answers === 0 && witness.program.state !== 'ended') return;
      clearInterval(timer);
      if (witness.answers > 0) resolve();
      else reject(new Error('the witness ended early'));
    }, 5);
  });
}
