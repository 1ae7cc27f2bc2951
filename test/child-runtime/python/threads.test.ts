/** Threads: their turns, locks, sleeping, ends. */
import t from 'tap';
import { runFake } from './fake-host.js';

t.test('a busy wait of main does not keep others from running', async (t) => {
  const host = runFake(
    `
state = {'n': 0, 'done': 0}
lock = createlock()
def worker():
  for i in range(50):
    lock.acquire(True)
    n = state['n']
    for j in range(20): pass
    state['n'] = n + 1
    lock.release()
  state['done'] += 1
for k in range(3): createthread(worker)
while state['done'] < 3: pass
log(state['n'])
`,
    { step: 0.0004 },
  );
  t.equal(host.output, '150');
});

t.test('three threads, one busy, one on a lock, one asleep: each goes on within 6 ms', async (t) => {
  const host = runFake(
    `
lock = createlock()
gaps = {}
def note(name, last):
  now = getruntime()
  gaps[name] = max(gaps.get(name, 0), now - last)
  return now
def busy():
  last = getruntime()
  while getruntime() < 1: last = note('busy', last)
def locker():
  last = getruntime()
  while getruntime() < 1:
    lock.acquire(True)
    last = note('locker', last)
    lock.release()
def sleeper():
  while getruntime() < 1:
    wanted = getruntime() + 0.01
    sleep(0.01)
    gaps['sleeper'] = max(gaps.get('sleeper', 0), getruntime() - wanted)
createthread(busy)
createthread(locker)
createthread(sleeper)
last = getruntime()
while getruntime() < 1: last = note('main', last)
names = gaps.keys()
names.sort()
log(names, [name for name in names if gaps[name] > 0.006])
`,
    { step: 0.00001 },
  );
  t.equal(host.output, "['busy', 'locker', 'main', 'sleeper'] []");
});

t.test('who waits for a lock gets it from threads that always take it again', async (t) => {
  // Slices hardly ever end between release and acquire: the inner loop has nearly all the turns.
  const program = (main: string, thread: string) => `
lock = createlock()
turns = {'main': 0, 'thread': 0}
def greedy(name, stop):
  while turns[stop] < 5:
    lock.acquire(True)
    turns[name] += 1
    for i in xrange(50): pass
    lock.release()
def modest(name):
  for k in range(5):
    lock.acquire(True)
    turns[name] += 1
    lock.release()
    sleep(0.001)
def body(): ${thread}
createthread(body)
${main}
log(turns['main'], turns['thread'])
`;
  const ofMain = runFake(program("modest('main')", "greedy('thread', 'main')"), { step: 0.0001 });
  t.match(ofMain.output, /^5 \d+$/);
  const ofThread = runFake(program("greedy('main', 'thread')", "modest('thread')"), { step: 0.0001 });
  t.match(ofThread.output, /^\d+ 5$/);
  // Each turn was waited for some milliseconds, not for a stroke of luck, which takes millions.
  for (const host of [ofMain, ofThread]) {
    const most = Math.max(...host.output.split(' ').map(Number));
    t.ok(most < 5000, `${most} turns of the greedy thread`);
  }
});

t.test('a lock promised to main does not stop what holds main up', async (t) => {
  const host = runFake(
    `
lock = createlock()
done = []
lock.acquire(True)
def by(a, b):
  lock.acquire(True)
  for i in xrange(200): pass
  lock.release()
  return cmp(a, b)
def body():
  for i in xrange(200): pass
  lock.release()
  l = range(20)
  l.sort(by)
  done.append(l == range(20))
createthread(body)
lock.acquire(True)
lock.release()
while not done: sleep(0.01)
log(done)
`,
    { step: 0.0001 },
  );
  t.equal(host.output, '[True]');
});

t.test('what is made for a thread stays with it', async (t) => {
  const host = runFake(
    `
def f(n, **k):
  if n == 0:
    sleep(0.01)
    return k
  return f(n - 1, **k)
class A:
  def __init__(self, x):
    sleep(0.01)
    self.x = x
def run(x):
  def body():
    try:
      sleep(0.001 * x)
      raise ValueError(x)
    except ValueError:
      sleep(0.05)
      try: raise
      except ValueError, e: log(getthreadname(), str(e), A(x).x, f(20, key=x), '\\n')
  return body
for x in range(3): createthread(run(x))
try:
  raise KeyError('main')
except KeyError:
  sleep(0.02)
  try: raise
  except Exception, e: log(getthreadname(), repr(e), '\\n')
`,
    { step: 0.0001 },
  );
  t.strictSame(
    host.output.split('\n').sort(),
    [
      ' ',
      "MainThread KeyError('main',) ",
      "_EVENT:Thread:1 0 0 {'key': 0} ",
      "_EVENT:Thread:2 1 1 {'key': 1} ",
      "_EVENT:Thread:3 2 2 {'key': 2} ",
    ]
      .filter((line) => line !== ' ')
      .concat([''])
      .sort(),
  );
});

t.test('callbacks of built-ins may wait', async (t) => {
  const host = runFake(`
class S:
  def __str__(self):
    sleep(0.01)
    return 'text'
def by(a, b):
  sleep(0.01)
  return cmp(a, b)
def body():
  l = [3, 1, 2]
  l.sort(by)
  log(l, str(S()), '\\n')
createthread(body)
sleep(0.1)
log('main\\n')
`);
  t.equal(host.output, '[1, 2, 3] text \nmain\n');
});

t.test('map, filter and loops over iterators of a thread wait without holding up main', async (t) => {
  const host = runFake(`
class Count:
  def __init__(self): self.n = 0
  def __iter__(self): return self
  def next(self):
    sleep(0.01)
    if self.n == 3: raise StopIteration
    self.n += 1
    return self.n
def slow(x):
  sleep(0.01)
  return x % 2
def body():
  log(map(slow, [1, 2]), filter(slow, (1, 2, 3)), [x for x in Count()], '\\n')
createthread(body)
sleep(0.005)
log('main\\n')
`);
  t.equal(host.output, 'main\n[1, 0] (1, 3) [1, 2, 3] \n');
});

t.test('events are counted', async (t) => {
  const host = runFake(
    `
def body(): sleep(1)
createthread(body)
createthread(body)
try: createthread(body)
except ResourceExhaustedError, e: log(str(e), getresources()[1]['events'])
sleep(2)
createthread(body)
`,
    { events: 3 },
  );
  t.equal(host.output, "Resource 'events' limit exceeded!! 3");
  t.equal(host.ended?.reason, 'exited');
});

t.test('an exception in a thread ends the program', async (t) => {
  const host = runFake(`
def inner(): raise ValueError('in thread')
def body(): inner()
createthread(body)
while True: sleep(1)
`);
  t.match(host.ended, { reason: 'uncaught', exitCode: 30 });
  t.match(host.ended!.report, 'User traceback:\n  "test.r2py", line 3, in body\n  "test.r2py", line 2, in inner\n\n');
});

t.test('exitall ends the program at once, whoever calls it', async (t) => {
  const host = runFake(`
def body():
  try: exitall()
  finally: log('finally')
createthread(body)
try: sleep(5)
finally: log('main')
`);
  t.match(host.ended, { reason: 'exitall', exitCode: 200 });
  t.equal(host.output, '');
});

t.test('a deadlock waits without a turn', async (t) => {
  // The fake host refuses to wait without bound when nothing can come.
  const host = runFake(`
lock = createlock()
lock.acquire(True)
def body(): lock.acquire(True)
createthread(body)
lock.acquire(True)
`);
  t.match(host.ended!.report, 'the program waits for nothing');
});
