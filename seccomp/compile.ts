import { BackwardAssembler, type Label } from './assembler.js';
import { architectureWord, dataOffset, op, returnWord, x32Bit } from './bpf.js';
import type { ArgumentTest, Policy, SyscallCase, Verdict } from './policy.js';
import { type Architecture, errnos, type ParameterWidth, type SyscallName, syscalls } from './syscalls.js';

interface NumberedRule {
  readonly number: number;
  readonly parameters: readonly ParameterWidth[];
  readonly cases: readonly SyscallCase[];
}

/**
 * Turns a policy into a seccomp filter for one architecture: an array of `struct sock_filter`, ready for
 * PR_SET_SECCOMP. Calls of another architecture or ABI end the process. The call's number is found by a balanced
 * search, five or six comparisons for forty calls; then its cases are tried in order.
 */
export function compilePolicy(policy: Policy, architecture: Architecture): Uint8Array {
  return compileWith(policy, architecture, (deciding) => verdictWord(deciding?.verdict ?? policy.otherwise));
}

/** The same for tests that want to know which case decides: `wordOf` says what the filter returns then; undefined is the default's. */
export function compileWith(
  policy: Policy,
  architecture: Architecture,
  wordOf: (deciding: SyscallCase | undefined) => number,
): Uint8Array {
  const assembler = new BackwardAssembler();
  const kill = assembler.returns(returnWord.killProcess);
  const otherwise = assembler.returns(wordOf(undefined));
  const search = placeSearch(assembler, numberedRules(policy, architecture), otherwise, wordOf);
  const native = architecture === 'x64' ? assembler.branch(op.jumpSet, x32Bit, kill, search) : search;
  const number = assembler.load(dataOffset.number, native);
  assembler.load(dataOffset.architecture, assembler.branch(op.jumpEqual, architectureWord[architecture], number, kill));
  return assembler.finish();
}

export function verdictWord(verdict: Verdict): number {
  if (verdict === 'allow') return returnWord.allow;
  if (verdict === 'kill') return returnWord.killProcess;
  return returnWord.errno | errnos[verdict];
}

/** The policy's rules that exist on this architecture, by ascending number. */
function numberedRules(policy: Policy, architecture: Architecture): NumberedRule[] {
  const numbered: NumberedRule[] = [];
  for (const [name, cases] of Object.entries(policy.rules)) {
    const { [architecture]: number, parameters } = syscalls[name as SyscallName];
    if (number !== null) numbered.push({ number, parameters, cases });
  }
  return numbered.sort((a, b) => a.number - b.number);
}

/** Calls whose number lies in `lowest` to `highest`, which are included. */
function placeSearch(
  assembler: BackwardAssembler,
  rules: readonly NumberedRule[],
  otherwise: Label,
  wordOf: (deciding: SyscallCase) => number,
  lowest = 0,
  highest = 0xffffffff,
): Label {
  const middle = rules.length >> 1;
  const pivot = rules[middle];
  if (pivot === undefined) return otherwise;
  if (rules.length === 1) {
    const found = placeCases(assembler, pivot, otherwise, wordOf);
    return lowest === highest ? found : assembler.branch(op.jumpEqual, pivot.number, found, otherwise);
  }
  const upper = placeSearch(assembler, rules.slice(middle), otherwise, wordOf, pivot.number, highest);
  const lower = placeSearch(assembler, rules.slice(0, middle), otherwise, wordOf, lowest, pivot.number - 1);
  return assembler.branch(op.jumpGreaterOrEqual, pivot.number, upper, lower);
}

function placeCases(
  assembler: BackwardAssembler,
  rule: NumberedRule,
  otherwise: Label,
  wordOf: (deciding: SyscallCase) => number,
): Label {
  let next = otherwise;
  for (const deciding of [...rule.cases].reverse()) {
    const { when = [] } = deciding;
    const decided = assembler.returns(wordOf(deciding));
    let held = decided;
    for (const test of [...when].reverse()) held = placeTest(assembler, rule.parameters, test, held, next);
    next = held;
  }
  return next;
}

function placeTest(
  assembler: BackwardAssembler,
  parameters: readonly ParameterWidth[],
  test: ArgumentTest,
  yes: Label,
  no: Label,
): Label {
  const width = parameters[test.argument];
  if (width === undefined) throw new RangeError(`no parameter ${test.argument} in the system call table`);
  const low = assembler.load(dataOffset.argumentLow(test.argument), placeComparison(assembler, test, yes, no));
  if (width === 'int') return low;
  return assembler.load(dataOffset.argumentHigh(test.argument), assembler.branch(op.jumpEqual, 0, low, no));
}

function placeComparison(assembler: BackwardAssembler, test: ArgumentTest, yes: Label, no: Label): Label {
  if ('atMost' in test) return assembler.branch(op.jumpGreater, test.atMost, no, yes);
  let next = no;
  for (const value of [...test.is].reverse()) next = assembler.branch(op.jumpEqual, value, yes, next);
  return test.ignoring === undefined ? next : assembler.and(~test.ignoring >>> 0, next);
}
