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
