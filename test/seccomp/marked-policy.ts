/** A filter that tells which case of the policy decided, and a tracer that does what the case would have done and counts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { compileWith } from '../../seccomp/compile.js';
import type { Policy, SyscallCase } from '../../seccomp/policy.js';
import { type Architecture, errnos, type SyscallName } from '../../seccomp/syscalls.js';

export interface MarkedCase {
  readonly name: SyscallName;
  /** Which of the call's cases, from 0. */
  readonly index: number;
  readonly decided: SyscallCase;
}

const traceWord = 0x7ff00000;

/** The cases of a policy, each with its number; calls that no rule names get the number after the last. */
export class MarkedPolicy {
  readonly cases: readonly MarkedCase[];
  readonly filter: Uint8Array;
  readonly #policy: Policy;

  constructor(policy: Policy, architecture: Architecture) {
    this.#policy = policy;
    this.cases = Object.entries(policy.rules).flatMap(([name, cases]) =>
      cases.map((decided, index) => ({ name: name as SyscallName, index, decided })),
    );
    // The same object may stand in several rules: told apart by name, which a filter's compiler doesn't say. So each is made anew.
    const copies = Object.fromEntries(
      Object.entries(policy.rules).map(([name, cases]) => [name, cases.map((one) => ({ ...one }))]),
    );
    const numbers = new Map(
      Object.values(copies)
        .flat()
        .map((one, number) => [one, number]),
    );
    this.filter = compileWith(
      { ...policy, rules: copies },
      architecture,
      (deciding) => traceWord | (deciding === undefined ? numbers.size : numbers.get(deciding)!),
    );
  }

  /** What the tracer does for each number. */
  get verdicts(): string {
    const word = (verdict: SyscallCase['verdict']) =>
      verdict === 'allow' || verdict === 'kill' ? verdict : `${errnos[verdict]}`;
    return [...this.cases.map(({ decided }) => word(decided.verdict)), word(this.#policy.otherwise)].join();
  }
}

export interface Hits {
  /** By the number of the case. */
  readonly cases: ReadonlyMap<number, number>;
  /** Numbers of system calls that no rule names. */
  readonly outside: readonly number[];
}

/** Follows the children of a zygote until `finish`. */
export class Tracer {
  #said = '';

  private constructor(private readonly process: ChildProcess) {
    process.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.#said += chunk;
    });
  }

  static async follow(program: string, zygote: number, policy: MarkedPolicy): Promise<Tracer> {
    const child = spawn(program, [`${zygote}`, policy.verdicts], { stdio: ['pipe', 'pipe', 'inherit'] });
    const tracer = new Tracer(child);
    while (!tracer.#said.startsWith('ready\n')) {
      if (child.exitCode !== null) throw new Error(`the tracer ended: ${child.exitCode}`);
      await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
    }
    return tracer;
  }

  async finish(): Promise<Hits> {
    const closed = once(this.process, 'close');
    this.process.stdin?.end();
    await closed;
    const lines = [...this.#said.matchAll(/^(case|outside) (\d+) (\d+)$/gm)];
    const of = (kind: string) => lines.filter(([, word]) => word === kind);
    return {
      cases: new Map(of('case').map(([, , number, count]) => [Number(number), Number(count)])),
      outside: of('outside').map(([, , number]) => Number(number)),
    };
  }
}

/** Zygotes that this process has started. */
export function zygotes(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  return children
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('/bundled/zygote.cjs'))
    .map(Number);
}
