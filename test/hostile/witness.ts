/**
 * A well-behaved program that asks for something all the time. What the supervisor worked while it waited tells whether others can
 * starve it.
 */

import { loadRestrictions } from '../../restrictions/load.js';
import type { Program, Supervisor } from '../../supervisor/index.js';
import { wideRestrictions } from '../support/yard.js';

const source = `for (;;) { await sleep(0.02); await randombytes(); await log('.'); }`;

export class Witness {
  /**
   * The most processor time that the supervisor's process used between two answers, in milliseconds: what it did for others first. Unlike
   * the clock this says nothing of a busy host, where both wait for a processor.
   */
  mostWorkMs = 0;
  /** By the clock, for the reader. */
  longestGapMs = 0;
  answers = 0;
  #last: { readonly at: number; readonly work: number } | undefined;

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
    const now = moment();
    this.mostWorkMs = Math.max(this.mostWorkMs, now.work - (this.#last ?? now).work);
    this.longestGapMs = Math.max(this.longestGapMs, now.at - (this.#last ?? now).at);
  }

  /** Forgets the gaps so far. */
  reset(): void {
    this.mostWorkMs = 0;
    this.longestGapMs = 0;
  }

  private saw(): undefined {
    this.look();
    this.#last = moment();
    this.answers += 1;
    return undefined;
  }
}

function moment(): { at: number; work: number } {
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), work: (user + system) / 1000 };
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
