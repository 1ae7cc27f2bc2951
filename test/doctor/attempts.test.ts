import t from 'tap';
import { compilePolicy } from '../../seccomp/compile.js';
import { hardenedPolicy, jitPolicy, vary } from '../../seccomp/policy.js';
import type { Architecture } from '../../seccomp/syscalls.js';
import { attempts, foretell, isAsTold } from '../../supervisor/doctor/attempts.js';

const told = (policy = jitPolicy, architecture: Architecture = 'x64') =>
  new Map(
    foretell(compilePolicy(policy, architecture), architecture).map(({ attempt, verdict }) => [attempt.want, verdict]),
  );

t.test('what is expected of each attempt is what the compiled filter answers', async (t) => {
  for (const architecture of ['x64', 'arm64'] as const) {
    const verdicts = told(jitPolicy, architecture);
    t.equal(verdicts.size, attempts.length, `all exist on ${architecture}`);
    t.equal(verdicts.get('open a file'), 'ENOENT');
    t.equal(verdicts.get('fork'), 'kill');
    t.equal(verdicts.get('share memory'), 'kill');
    const allowed = [...verdicts].filter(([, verdict]) => verdict === 'allow').map(([want]) => want);
    t.same(allowed, ['make writable and executable memory'], 'which an engine that compiles may');
    t.notOk([...told(hardenedPolicy, architecture).values()].includes('allow'));
  }
  const lax = vary(jitPolicy, 'lax', { socket: [{ verdict: 'allow', why: 'for this test' }] });
  t.equal(told(lax).get('open a socket'), 'allow', 'another policy, another expectation');
});

t.test('a fate is as told or it is not', async (t) => {
  t.ok(isAsTold('kill', 'SIGSYS'));
  t.ok(isAsTold('kill', -38), 'a sandbox around this one may not know the call');
  t.ok(isAsTold('ENOENT', -2));
  t.ok(isAsTold('allow', 4096));
  for (const [verdict, fate] of [
    ['kill', 5],
    ['kill', -1],
    ['kill', 'SIGKILL'],
    ['ENOENT', -13],
    ['ENOENT', 3],
    ['ENOENT', 'SIGSYS'],
    ['allow', -12],
    ['allow', 'SIGSYS'],
  ] as const) {
    t.notOk(isAsTold(verdict, fate), `${verdict}, ${fate}`);
  }
});
