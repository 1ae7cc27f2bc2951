import type { LanguageRuntime } from '../host.js';
import { runSample } from '../warm/run-sample.js';
import { samples } from './samples.js';

/** Rounds over the samples: enough for V8 to keep the bytecode and to have seen the types, few enough for a quick start. */
const rounds = 4;

/** Outside of promise jobs. */
export function warmUp(runtime: LanguageRuntime): void {
  for (let round = 0; round < rounds; round += 1) for (const sample of samples) runSample(runtime, sample);
}
