import type { Language } from '../../protocol/messages.js';
import type { ChildNative } from '../../seccomp/native/addon.js';
import { Ended, ScriptedSupervisor } from './scripted-supervisor.js';

export interface Sample {
  readonly language: Language;
  readonly source: string;
}

const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/**
 * Runs a program from its frame to its end, by what a child calls, so that children share the bytecode and the type feedback of
 * the runtime's own code. Throws when the runtime fails; how the program itself ends doesn't matter.
 */
export function runSample(runChild: (native: ChildNative) => never, { language, source }: Sample): void {
  try {
    runChild(
      new ScriptedSupervisor({
        type: 'program',
        language,
        name: 'sample',
        source: asciiBytes(source),
        args: ['one', 'two'],
        startedAt: 999,
        seed: new Uint8Array(32).fill(7),
        events: 10,
        memory: Number.MAX_SAFE_INTEGER,
      }),
    );
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
}
