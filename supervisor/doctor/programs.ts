import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Restrictions } from '../../restrictions/restrictions.js';
import type { Outcome } from '../outcome.js';
import type { Program } from '../program.js';
import { Supervisor, type SupervisorOptions } from '../supervisor.js';

/** Programs of the doctor's own, under a supervisor like that of `repyard run`. */
export class Programs {
  readonly #supervisor: Supervisor;
  readonly #directory: string;

  /** Rejects as `repyard run` would refuse. */
  static async open(options: Pick<SupervisorOptions, 'allowDegraded' | 'platform'>): Promise<Programs> {
    const supervisor = await Supervisor.open(options);
    try {
      return new Programs(supervisor, await mkdtemp(join(tmpdir(), 'repyard-doctor-')));
    } catch (error) {
      await supervisor.close();
      throw error;
    }
  }

  private constructor(supervisor: Supervisor, directory: string) {
    this.#supervisor = supervisor;
    this.#directory = directory;
  }

  start(source: string, restrictions: Restrictions): Promise<Program> {
    return this.#supervisor.start({
      name: 'doctor.js',
      language: 'javascript',
      source: Buffer.from(source),
      args: [],
      restrictions,
      directory: this.#directory,
      log: { write: () => undefined, close: async () => undefined },
    });
  }

  async run(source: string, restrictions: Restrictions): Promise<Outcome> {
    return (await this.start(source, restrictions)).outcome;
  }

  async close(): Promise<void> {
    await this.#supervisor.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
