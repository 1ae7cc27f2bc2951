/**
 * Runs a compiled filter as the kernel would, for tests: which verdict does a system call get, and which instructions
 * and branches were used. Refuses what seccomp_check_filter() of the kernel refuses.
 */
import { architectureWord, dataOffset, decode, type Instruction, maximumInstructions, op, returnWord } from './bpf.js';
import type { Verdict } from './policy.js';
import { type Architecture, type ErrnoName, errnos } from './syscalls.js';

export interface SimulatedCall {
  readonly number: number;
  /** Up to six; missing ones are 0. Negative values are taken as 64-bit two's complement. */
  readonly arguments?: readonly (bigint | number)[];
  readonly architecture: Architecture | number;
}

const jumps: readonly number[] = [op.jumpEqual, op.jumpGreater, op.jumpGreaterOrEqual, op.jumpSet];
const known: readonly number[] = [...jumps, op.loadWord, op.and, op.jump, op.return];

export class FilterSimulator {
  readonly #program: readonly Instruction[];
  readonly #executed = new Set<string>();

  /** Throws a RangeError that names the first instruction the kernel would refuse. */
  constructor(filter: Uint8Array) {
    this.#program = decode(filter);
    if (this.#program.length > maximumInstructions) throw new RangeError('too many instructions');
    this.#program.forEach((instruction, index) => {
      this.#check(instruction, index);
    });
  }

  get length(): number {
    return this.#program.length;
  }

  run(call: SimulatedCall): Verdict {
    const data = encodeCall(call);
    let accumulator = 0;
    let counter = 0;
    for (;;) {
      const { code, jt, jf, k } = this.#program[counter]!;
      const taken = jumps.includes(code) ? compare(code, accumulator, k) : undefined;
      this.#executed.add(taken === undefined ? `${counter}` : `${counter} ${taken}`);
      if (code === op.return) return verdictOf(k);
      if (code === op.loadWord) accumulator = data.getUint32(k, true);
      else if (code === op.and) accumulator = (accumulator & k) >>> 0;
      else if (code === op.jump) counter += k;
      else counter += taken ? jt : jf;
      counter++;
    }
  }

  /** What no call so far has used: `17: never executed`, `18: never true`. */
  unused(): string[] {
    return this.#program.flatMap(({ code }, index) => {
      const outcomes = jumps.includes(code) ? ['true', 'false'] : [''];
      return outcomes
        .filter((outcome) => !this.#executed.has(`${index} ${outcome}`.trim()))
        .map((outcome) => `${index}: never ${outcome || 'executed'}`);
    });
  }

  #check({ code, jt, jf, k }: Instruction, index: number): void {
    const behind = this.#program.length - 1 - index;
    const fail = (what: string) => new RangeError(`instruction ${index}: ${what}`);
    if (!known.includes(code)) throw fail(`opcode 0x${code.toString(16)}`);
    if (code === op.loadWord && (k % 4 !== 0 || k >= dataOffset.size)) throw fail(`load from ${k}`);
    if (code === op.jump && k >= behind) throw fail('jump out of the program');
    if (jumps.includes(code) && Math.max(jt, jf) >= behind) throw fail('branch out of the program');
    if (behind === 0 && code !== op.return) throw fail('the last one must return');
  }
}

function encodeCall(call: SimulatedCall): DataView {
  const data = new DataView(new ArrayBuffer(dataOffset.size));
  const architecture = call.architecture;
  data.setInt32(dataOffset.number, call.number, true);
  const word = typeof architecture === 'number' ? architecture : architectureWord[architecture];
  data.setUint32(dataOffset.architecture, word, true);
  call.arguments?.forEach((value, index) => {
    data.setBigUint64(dataOffset.argumentLow(index), BigInt.asUintN(64, BigInt(value)), true);
  });
  return data;
}

function compare(code: number, accumulator: number, k: number): boolean {
  if (code === op.jumpEqual) return accumulator === k;
  if (code === op.jumpGreater) return accumulator > k;
  if (code === op.jumpGreaterOrEqual) return accumulator >= k;
  return (accumulator & k) !== 0;
}

function verdictOf(word: number): Verdict {
  if (word === returnWord.allow) return 'allow';
  if (word === returnWord.killProcess) return 'kill';
  const name = Object.keys(errnos).find((name) => (returnWord.errno | errnos[name as ErrnoName]) === word);
  if (name === undefined) throw new RangeError(`unknown verdict 0x${word.toString(16)}`);
  return name as ErrnoName;
}
