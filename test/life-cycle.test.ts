import t from 'tap';
import { type LifeEvent, lifeCycle, type State, transition } from '../supervisor/life-cycle.js';

const states = Object.keys(lifeCycle) as State[];

t.test('every state but the last leads to the end', (t) => {
  const reachesEnd = new Set<State>(['ended']);
  for (let grown = true; grown; ) {
    grown = false;
    for (const state of states) {
      const leads = Object.values(lifeCycle[state]).some((next) => reachesEnd.has(next.to));
      if (leads && !reachesEnd.has(state)) grown = reachesEnd.add(state) !== undefined;
    }
  }
  t.same([...reachesEnd].sort(), [...states].sort());
  t.end();
});

t.test('nothing ends without releasing what it held', (t) => {
  for (const state of states) {
    for (const [event, next] of Object.entries(lifeCycle[state])) {
      if (next.to === 'ended') t.equal(state, 'releasing', `${state} --${event}--> ended`);
      if (next.to === 'releasing') t.equal(next.action, 'release', `${state} --${event}--> releasing`);
    }
  }
  t.end();
});

t.test('every live state can be condemned', (t) => {
  for (const state of ['queued', 'preparing', 'forking', 'starting', 'running', 'ending'] as const) {
    t.ok(transition(state, 'condemned'), state);
  }
  t.end();
});

t.test('a state that may hold a process kills it when condemned', (t) => {
  for (const state of ['starting', 'running', 'ending'] as const) {
    t.equal(transition(state, 'condemned')?.action, 'kill', state);
  }
  t.equal(transition('abandoning', 'forked')?.action, 'kill', 'also one that arrives late');
  t.end();
});

t.test('late events are ignored', (t) => {
  const late: Array<[State, LifeEvent]> = [
    ['ended', 'condemned'],
    ['releasing', 'condemned'],
    ['releasing', 'reaped'],
    ['ending', 'started'],
    ['ending', 'finished'],
  ];
  for (const [state, event] of late) t.equal(transition(state, event), undefined, `${state} x ${event}`);
  t.end();
});
