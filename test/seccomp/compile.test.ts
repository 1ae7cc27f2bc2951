import fc from 'fast-check';
import t from 'tap';
import { BackwardAssembler } from '../../seccomp/assembler.js';
import { encode, op, returnWord } from '../../seccomp/bpf.js';
import { compilePolicy } from '../../seccomp/compile.js';
import {
  type ArgumentTest,
  jitPolicy,
  type Policy,
  policies,
  type SyscallCase,
  type Verdict,
} from '../../seccomp/policy.js';
import { FilterSimulator } from '../../seccomp/simulate.js';
import { type Architecture, type SyscallName, syscalls } from '../../seccomp/syscalls.js';

/** The policy's meaning, read straight from the data. */
function meaning(policy: Policy, name: SyscallName, args: readonly bigint[]): Verdict {
  const holds = (test: ArgumentTest): boolean => {
    const argument = args[test.argument]!;
    if (syscalls[name].parameters[test.argument] === 'long' && argument >> 32n !== 0n) return false;
    const low = Number(argument & 0xffffffffn);
    if ('atMost' in test) return low <= test.atMost;
    return test.is.includes((low & ~(test.ignoring ?? 0)) >>> 0);
  };
  const decided = policy.rules[name]?.find(({ when = [] }) => when.every(holds));
  return decided?.verdict ?? policy.otherwise;
}

const withParameters = Object.entries(syscalls).flatMap(([name, { parameters }]) =>
  parameters.length > 0 ? [{ name: name as SyscallName, parameters }] : [],
);
const word = fc.oneof(fc.nat({ max: 0xffffffff }), fc.constantFrom(0, 1, 3, 7, 0x22, 0xffffffff, 0x80000000));
const anyTest = (argument: number): fc.Arbitrary<ArgumentTest> =>
  fc.oneof(
    fc.record({ argument: fc.constant(argument), atMost: word }),
    fc.record({ argument: fc.constant(argument), is: fc.array(word, { minLength: 1, maxLength: 4 }), ignoring: word }),
    fc.record({ argument: fc.constant(argument), is: fc.array(word, { minLength: 1, maxLength: 4 }) }),
  );
const anyVerdict = fc.constantFrom<Verdict>('allow', 'kill', 'EPERM', 'EAGAIN', 'ENOSYS');
const anyRule = fc.constantFrom(...withParameters).chain(({ name, parameters }) => {
  const when = fc.array(fc.nat({ max: parameters.length - 1 }).chain(anyTest), { maxLength: 3 });
  const cases: fc.Arbitrary<SyscallCase[]> = fc.array(
    fc.record({ when, verdict: anyVerdict, why: fc.constant('a test') }),
    { minLength: 1, maxLength: 4 },
  );
  return cases.map((cases) => [name, cases] as const);
});
const anyPolicy = fc
  .tuple(fc.array(anyRule, { minLength: 1, maxLength: 12 }), anyVerdict)
  .map(([rules, otherwise]): Policy => ({ name: 'any', otherwise, rules: Object.fromEntries(rules) }));
const anyArguments = fc.array(
  fc.oneof(
    word.map(BigInt),
    fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
    word.map((low) => BigInt(low) | (1n << 32n)),
  ),
  { minLength: 6, maxLength: 6 },
);

t.test('whatever the policy says, the filter does', (t) => {
  fc.assert(
    fc.property(
      anyPolicy,
      fc.constantFrom<Architecture>('x64', 'arm64'),
      fc.array(fc.tuple(fc.constantFrom(...withParameters), anyArguments), { minLength: 5, maxLength: 20 }),
      (policy, architecture, calls) => {
        const simulator = new FilterSimulator(compilePolicy(policy, architecture));
        for (const [{ name }, args] of calls) {
          const number = syscalls[name][architecture];
          if (number === null) continue;
          const verdict = simulator.run({ architecture, number, arguments: args });
          if (verdict !== meaning(policy, name, args)) {
            throw new Error(`${name}(${args}): ${verdict} instead of ${meaning(policy, name, args)}`);
          }
        }
      },
    ),
    { seed: 26, numRuns: 300 },
  );
  t.end();
});

t.test('targets beyond the reach of a conditional jump', (t) => {
  const values = Array.from({ length: 900 }, (_, index) => index * 3);
  const many: Policy = {
    name: 'many',
    otherwise: 'kill',
    rules: {
      read: [
        { when: [{ argument: 0, is: values }], verdict: 'allow', why: 'a test' },
        { verdict: 'EBADF', why: 'a test' },
      ],
      write: [
        { when: [{ argument: 0, is: values, ignoring: 1 }], verdict: 'EAGAIN', why: 'a test' },
        { when: [{ argument: 1, is: values }], verdict: 'EPERM', why: 'a test' },
      ],
      exit_group: [{ verdict: 'allow', why: 'a test' }],
    },
  };
  const simulator = new FilterSimulator(compilePolicy(many, 'x64'));
  t.ok(simulator.length > 2700, `${simulator.length} instructions`);
  const calls = [0, 1, 3, 300, 301, 2697, 2698, 2700].flatMap((first) => [0, 2697, 5].map((second) => [first, second]));
  for (const [first, second] of calls) {
    const args = [BigInt(first!), BigInt(second!), 0n, 0n, 0n, 0n];
    for (const name of ['read', 'write', 'exit_group'] as const) {
      const call = { architecture: 'x64', number: syscalls[name].x64!, arguments: args } as const;
      t.equal(simulator.run(call), meaning(many, name, args), `${name}(${first}, ${second})`);
    }
  }
  t.throws(
    () =>
      compilePolicy(
        {
          ...many,
          rules: {
            read: [
              ...many.rules.read!,
              ...many.rules.read!,
              ...many.rules.read!,
              ...many.rules.read!,
              ...many.rules.read!,
            ],
          },
        },
        'x64',
      ),
    /longer than the kernel accepts/,
  );
  t.end();
});

t.test('both targets of one branch out of reach', (t) => {
  for (const filler of [252, 253, 254, 255, 256, 300]) {
    const assembler = new BackwardAssembler();
    const no = assembler.returns(returnWord.killProcess);
    const yes = assembler.returns(returnWord.allow);
    let next = yes;
    for (let count = 0; count < filler; count++) next = assembler.and(0xffffffff, next);
    assembler.load(0, assembler.branch(op.jumpEqual, 7, yes, no));
    const simulator = new FilterSimulator(assembler.finish());
    t.equal(simulator.run({ architecture: 'x64', number: 7 }), 'allow', `yes over ${filler} instructions`);
    t.equal(simulator.run({ architecture: 'x64', number: 8 }), 'kill', `no over ${filler} instructions`);
  }
  t.end();
});

t.test('a test of a parameter that the table lacks is refused', (t) => {
  const broken: Policy = {
    ...jitPolicy,
    rules: { read: [{ when: [{ argument: 3, is: [0] }], verdict: 'allow', why: 'a test' }] },
  };
  t.throws(() => compilePolicy(broken, 'x64'), /no parameter 3/);
  t.end();
});

t.test('the filter is short', (t) => {
  for (const policy of policies) t.ok(compilePolicy(policy, 'x64').length / 8 < 150, policy.name);
  t.end();
});

t.test('the simulator refuses what the kernel refuses', (t) => {
  const end = { code: op.return, jt: 0, jf: 0, k: returnWord.allow };
  const cases: [string, Parameters<typeof encode>[0]][] = [
    ['opcode', [{ code: 0x30, jt: 0, jf: 0, k: 0 }, end]],
    ['load from 2', [{ code: op.loadWord, jt: 0, jf: 0, k: 2 }, end]],
    ['load from 64', [{ code: op.loadWord, jt: 0, jf: 0, k: 64 }, end]],
    ['jump out', [{ code: op.jump, jt: 0, jf: 0, k: 1 }, end]],
    ['branch out', [{ code: op.jumpEqual, jt: 0, jf: 1, k: 0 }, end]],
    ['must return', [{ code: op.loadWord, jt: 0, jf: 0, k: 0 }]],
    ['too many', Array.from({ length: 4097 }, () => end)],
  ];
  for (const [message, program] of cases) {
    t.throws(() => new FilterSimulator(encode(program)), { message: new RegExp(message) }, message);
  }
  t.throws(() => new FilterSimulator(new Uint8Array(12)), /sock_filter/);
  const odd = new FilterSimulator(encode([{ ...end, k: 0x7ffc0000 }]));
  t.throws(() => odd.run({ architecture: 'x64', number: 0 }), /unknown verdict/);
  t.end();
});
