/** The scheduler by itself: turns, waiting, and what runs nested. */
import t from 'tap';
import { T } from '../../../child-runtime/python/core/state.js';
import { Scheduler, type Steps } from '../../../child-runtime/python/scheduler/scheduler.js';
import { Until, When } from '../../../child-runtime/python/scheduler/wait.js';

/** A clock that moves by waiting, and by `step` with each look. */
function clock(step = 0) {
  return {
    time: 0,
    idle: [] as number[],
    now() {
      this.time += step;
      return this.time;
    },
    processorTime() {
      return this.now();
    },
    wait(timeoutMs: number) {
      if (timeoutMs > 0) this.idle.push(timeoutMs);
      this.time += timeoutMs / 1000;
      return false;
    },
  };
}

const never = (thrown: unknown): never => {
  throw thrown;
};

t.test('sleepers wake in order and the process sleeps in between', async (t) => {
  const time = clock();
  const scheduler = new Scheduler(time, never);
  const log: string[] = [];
  const sleeper = function* (name: string, until: number): Steps {
    yield new Until(until);
    log.push(`${name} at ${time.time}`);
    return null;
  };
  scheduler.add('a', sleeper('a', 2));
  scheduler.add('b', sleeper('b', 1));
  scheduler.finish();
  t.strictSame(log, ['b at 1', 'a at 2']);
  t.strictSame(time.idle, [1000, 1000]);
  t.equal(scheduler.count, 0);
});

t.test('a thread that never waits gives way when its slice is over', async (t) => {
  const scheduler = new Scheduler(clock(0.0005), never);
  const turns: string[] = [];
  const busy = function* (name: string): Steps {
    for (let i = 0; i < 100; i++) {
      turns.push(name);
      T.n = -1;
      yield undefined;
    }
    return null;
  };
  scheduler.add('a', busy('a'));
  scheduler.add('b', busy('b'));
  scheduler.finish();
  const changes = turns.filter((name, i) => i > 0 && turns[i - 1] !== name).length;
  t.ok(changes >= 4, `${changes} switches`);
});

t.test("a pause of the host is in nobody's slice", async (t) => {
  let used = 0;
  let time = 0;
  const scheduler = new Scheduler({ now: () => time, processorTime: () => used, wait: () => false }, never);
  const turns: string[] = [];
  const busy = function* (name: string, pause: number): Steps {
    for (let i = 0; i < 40; i++) {
      turns.push(name);
      used += 0.0004;
      time += 0.0004 + pause;
      yield undefined;
    }
    return null;
  };
  // One process that the host always stops in `slow` and never in `quick`: each thread gets the same.
  scheduler.add('slow', busy('slow', 0.02));
  scheduler.add('quick', busy('quick', 0));
  scheduler.finish();
  const runs = turns
    .join(' ')
    .match(/slow( slow)*|quick( quick)*/g)!
    .map((run) => run.split(' ').length);
  t.strictSame(new Set(runs.slice(0, -2)), new Set([5]), runs.join(' '));
});

t.test('who has waited goes on after one slice, however many are busy', async (t) => {
  const time = clock(0.0001);
  const scheduler = new Scheduler(time, never);
  let slices = 0;
  let last = '';
  const busy = function* (name: string): Steps {
    for (let i = 0; i < 2000; i++) {
      if (last !== name) slices += 1;
      last = name;
      yield undefined;
    }
    return null;
  };
  const waits: number[] = [];
  const sleeper = function* (): Steps {
    for (let i = 0; i < 20; i++) {
      const until = time.time + 0.001;
      yield new Until(until);
      waits.push(slices);
      slices = 0;
      last = '';
    }
    return null;
  };
  for (const name of ['a', 'b', 'c', 'd']) scheduler.add(name, busy(name));
  scheduler.add('sleeper', sleeper());
  scheduler.finish();
  // Before its first turn, each of the others had one.
  t.strictSame(waits.slice(1), Array(19).fill(1), waits.join(' '));
});

t.test('main goes on as soon as what it waits for is there', async (t) => {
  const time = clock(0.0001);
  const scheduler = new Scheduler(time, never);
  const ran: string[] = [];
  const busy = function* (name: string): Steps {
    for (;;) {
      if (ran.at(-1) !== name) ran.push(name);
      yield undefined;
    }
  };
  for (const name of ['a', 'b', 'c', 'd']) scheduler.add(name, busy(name));
  const shares = new Map<string, number>();
  for (let i = 0; i < 100; i++) {
    ran.length = 0;
    scheduler.block(new Until(time.time + 0.001));
    t.ok(ran.length <= 1, `${ran.length} slices`);
    shares.set(ran[0]!, (shares.get(ran[0]!) ?? 0) + 1);
  }
  // And yet each of the others has its turn.
  t.strictSame([...shares.values()], [25, 25, 25, 25]);
});

t.test('a message that comes while others are looked at wakes main', async (t) => {
  let arrived = false;
  const waited: number[] = [];
  const channel = {
    now: () => 1,
    processorTime: () => 0,
    wait(timeoutMs: number) {
      waited.push(timeoutMs);
      arrived = true;
      return true;
    },
  };
  const scheduler = new Scheduler(channel, never);
  scheduler.add(
    'sleeper',
    (function* (): Steps {
      yield new Until(100);
      return null;
    })(),
  );
  let asked = 0;
  scheduler.block(new When(() => ++asked > 1 && arrived));
  t.notOk(
    waited.some((timeout) => timeout > 0),
    `waited ${waited}`,
  );
});

t.test('main that waits on a condition lets the others make it true', async (t) => {
  const scheduler = new Scheduler(clock(), never);
  let open = false;
  scheduler.add(
    'opener',
    (function* (): Steps {
      yield new Until(0.5);
      open = true;
      return null;
    })(),
  );
  scheduler.block(new When(() => open));
  t.ok(open);
  t.equal(scheduler.current.name, 'MainThread');
});

t.test('each thread has its own current exception', async (t) => {
  const scheduler = new Scheduler(clock(), never);
  const seen: unknown[] = [];
  const body = function* (mark: unknown): Steps {
    T.exc = mark as never;
    yield new Until(1);
    seen.push(T.exc === mark);
    return null;
  };
  scheduler.add('a', body({}));
  scheduler.add('b', body({}));
  T.exc = null;
  scheduler.finish();
  t.strictSame(seen, [true, true]);
  t.equal(T.exc, null);
});

t.test('what a thread throws is handed on with the thread', async (t) => {
  const failure = new Error('failed');
  const failed: string[] = [];
  const scheduler = new Scheduler(clock(), (thrown, thread) => {
    failed.push(thread.name);
    throw thrown;
  });
  scheduler.add(
    'bad',
    (function* (): Steps {
      yield undefined;
      throw failure;
    })(),
  );
  t.throws(() => scheduler.finish(), failure);
  t.strictSame(failed, ['bad']);
});
