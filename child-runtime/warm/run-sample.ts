import type { Language } from '../../protocol/messages.js';
import { Channel } from '../channel.js';
import { seedRandom } from '../harden/random.js';
import type { LanguageRuntime } from '../host.js';
import { Ended, ScriptedSupervisor } from './scripted-supervisor.js';

export interface Sample {
  readonly language: Language;
  readonly source: string;
}

const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/**
 * Runs a program from its frame to its end, as a child does, so that children share the bytecode and the type feedback of the
 * runtime's own code. Throws when the runtime fails; how the program itself ends doesn't matter.
 */
export function runSample(runtime: LanguageRuntime, { language, source }: Sample): void {
  const native = new ScriptedSupervisor({
    type: 'program',
    language,
    name: 'sample',
    source: asciiBytes(source),
    args: ['one', 'two'],
    startedAt: 999,
    seed: new Uint8Array(32).fill(7),
    events: 10,
  });
  const channel = new Channel(native);
  const program = channel.receiveProgram();
  seedRandom(program.seed);
  try {
    runtime.run(program, channel);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
}
