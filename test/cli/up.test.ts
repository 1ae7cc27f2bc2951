import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commandLine } from '../../supervisor/cli/command-line.js';
import { FakeHost, type Script } from './fake-host.js';
import { surroundings } from './streams.js';

type Test = Pick<typeof t, 'testdir'>;

const restrictions = { resources: { cpu: 1, memory: 15000000, diskused: 1000, events: 1 } };

function yard(t: Test, programs: readonly object[]): string {
  const file = join(t.testdir({ 'p.js': '' }), 'yard.json');
  writeFileSync(
    file,
    JSON.stringify({ programs: programs.map((entry) => ({ program: 'p.js', restrictions, ...entry })) }),
  );
  return file;
}

const good: Script = { end: { reason: 'exited' }, ms: 30, logs: 'hi\n' };
const hog: Script = {
  end: { reason: 'limit', limit: { resource: 'memory', allowed: 15000000, used: 15000001 }, message: 'too much' },
};

t.test('each as expected: 0, logs and outcomes in their files', async (t) => {
  const file = yard(t, [
    { name: 'good', copies: 2 },
    { name: 'hog', expected: { reason: 'limit', limit: 'memory' } },
    { name: 'sleeper', stopAfter: 0.1, expected: { reason: 'stopped' } },
  ]);
  const host = new FakeHost({ 'good-1': good, 'good-2': good, hog, sleeper: {} });
  const tried = surroundings(host);
  const outcomes = join(file, '..', 'outcomes.json');
  t.equal(await commandLine(['up', file, '--outcomes', outcomes], tried), 0);
  t.equal(tried.err.text, '');
  t.match(tried.out.text, /^sleeper: running$/m);
  t.match(tried.out.text, /^hog: limit memory$/m);
  t.match(tried.out.text, /^sleeper +stopped +yes .* stopped after 0\.1 s$/m);
  t.match(tried.out.text, /\n4 programs ended, each as expected\n$/);
  t.notMatch(tried.out.text, '\u001b', 'no escape sequence outside a terminal');
  t.match(JSON.parse(readFileSync(outcomes, 'utf8')), [
    { program: 'good-1', reason: 'exited' },
    { program: 'good-2', reason: 'exited' },
    { program: 'hog', reason: 'limit' },
    { program: 'sleeper', reason: 'stopped' },
  ]);
  t.equal(readFileSync(join(file, '..', 'yard', 'good-2.log.old'), 'utf8'), 'hi\n');
  t.same(new Set(host.started.map(({ directory }) => directory)).size, 4);
  t.equal(host.closed, true);
});

t.test('one not as expected: 1', async (t) => {
  const file = yard(t, [
    { name: 'good', expected: { reason: 'limit' } },
    { name: 'hog', expected: { reason: 'limit' } },
  ]);
  const tried = surroundings(new FakeHost({ good, hog }));
  t.equal(await commandLine(['up', file], tried), 1);
  t.match(tried.out.text, /^good +exited +no: limit /m);
  t.match(tried.out.text, /2 programs ended, 1 not as expected/);
});

t.test('a program that can not be started is refused, the others run', async (t) => {
  const file = yard(t, [{ name: 'good' }, { name: 'unknown' }]);
  const tried = surroundings(new FakeHost({ good }));
  t.equal(await commandLine(['up', file], tried), 1);
  t.match(tried.out.text, /^unknown +refused +no: exited or exitall .* no room for unknown$/m);
  t.match(tried.out.text, /^good +exited +yes/m);
});

t.test('an interrupt stops all: 44', async (t) => {
  const file = yard(t, [{ name: 'a' }, { name: 'b' }]);
  const host = new FakeHost({ a: {}, b: {} });
  const tried = surroundings(host);
  void host.running(2).then(() => tried.interrupt());
  t.equal(await commandLine(['up', file], tried), 44);
  t.match(tried.out.text, /^a +stopped .* stopped: SIGINT$/m);
  t.match(tried.out.text, /^b +stopped/m);
});

t.test('a yard that can not be set up: 3, nothing made', async (t) => {
  const file = yard(t, [{ name: 'a', memory: 1 }]);
  const tried = surroundings(new FakeHost({}));
  t.equal(await commandLine(['up', file], tried), 3);
  t.match(tried.err.text, /^repyard up: .*yard\.json:1: Unknown field 'programs\[0\]\.memory'; known fields: /);
  const refusing = surroundings(new Error('no cgroup'));
  t.equal(await commandLine(['up', yard(t, [{ name: 'a' }])], refusing), 3);
  t.equal(refusing.err.text, 'repyard up: refused: no cgroup\n');
});

t.test('usage errors: 4', async (t) => {
  const tried = surroundings(new FakeHost({}));
  t.equal(await commandLine(['up'], tried), 4);
  t.equal(await commandLine(['nonsense'], tried), 4);
  t.equal(await commandLine([], tried), 4);
  t.equal(await commandLine(['--help'], tried), 0);
});
