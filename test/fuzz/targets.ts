/** What is fuzzed: each target does so many runs from a seed, and throws with what failed. The same seed and number repeat it. */
import fc from 'fast-check';
import { anyTextGetsVerdict, findsFreeNames } from './javascript-properties.js';
import { printedText, restrictionsLoad } from './operator-properties.js';
import { brokenRefersToRuntime, getsAnswer, refersToRuntime, survivesUnparsing } from './python-properties.js';
import { streamGivesMessages } from './wire-properties.js';

export interface Target {
  /** Runs of one round, which takes about a second. */
  readonly runs: number;
  /** Rejects with what failed. */
  fuzz(seed: number, runs: number): Promise<void>;
}

/** fast-check's report names the smallest input that fails. */
const of = <T>(runs: number, property: fc.IProperty<T>): Target => ({
  runs,
  fuzz: async (seed, numRuns) => fc.assert(property, { seed, numRuns }),
});

/** `pinned`: whether this process is the pinned engine, whose syntax the checker is for. */
export const targets = (pinned: boolean): Readonly<Record<string, Target>> => ({
  frames: of(3000, streamGivesMessages),
  restrictions: of(3000, restrictionsLoad),
  printing: of(5000, printedText),
  'javascript-check': of(3000, anyTextGetsVerdict(pinned)),
  'javascript-names': {
    runs: 100,
    fuzz: async (seed, runs) => {
      const compared = await findsFreeNames(seed, runs);
      if (compared < runs / 2) throw new Error(`only ${compared} of ${runs} programs are well-formed`);
    },
  },
  'python-trees': of(100, survivesUnparsing),
  'python-broken': of(300, getsAnswer['broken programs']),
  'python-tokens': of(600, getsAnswer['tokens in any order']),
  'python-bytes': of(2000, getsAnswer['any bytes']),
  'python-compiler': of(40, refersToRuntime),
  'python-compiler-broken': of(60, brokenRefersToRuntime),
});
