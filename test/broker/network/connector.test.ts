import t from 'tap';
import type { SocketNative } from '../../../seccomp/native/addon.js';
import { Connector } from '../../../supervisor/broker/network/connector.js';
import { DescriptorRoom } from '../../../supervisor/broker/network/descriptor-room.js';
import { until } from '../../support/patience.js';

/** Sockets whose state a test sets; counts how often each is asked for. */
function fakeSockets(states: Map<number, number>): { native: () => SocketNative; asked: Map<number, number> } {
  const asked = new Map<number, number>();
  const connected = (fd: number): number => {
    asked.set(fd, (asked.get(fd) ?? 0) + 1);
    return states.get(fd) ?? 0;
  };
  return { native: () => ({ connected }) as unknown as SocketNative, asked };
}

t.test('connected, failed, too late, given up', async (t) => {
  const states = new Map([
    [1, 1],
    [2, -111],
  ]);
  const connector = new Connector(fakeSockets(states).native);
  const waits = [1, 2, 3, 4].map((fd) => connector.wait(fd, fd === 3 ? 20 : 60_000));
  connector.cancel(4);
  connector.cancel(99);
  t.same(await Promise.all(waits), [1, -111, 'timeout', 'cancelled']);
});

t.test('a crowd that waits is asked in turns, and nobody is left out', async (t) => {
  const states = new Map<number, number>();
  const { native, asked } = fakeSockets(states);
  const connector = new Connector(native);
  const waits = Array.from({ length: 1000 }, (_, fd) => connector.wait(fd, 60_000));
  t.ok(await until(() => asked.size === 1000));
  const counts = [...asked.values()];
  t.ok(Math.max(...counts) - Math.min(...counts) <= 1, 'all as often');
  for (let fd = 0; fd < 1000; fd += 1) states.set(fd, 1);
  t.ok((await Promise.all(waits)).every((result) => result === 1));
});

t.test('sockets of all programs together are bounded', async (t) => {
  const room = new DescriptorRoom(2);
  t.same([room.take(), room.take(), room.take()], [true, true, false]);
  room.giveBack();
  t.equal(room.take(), true);
});
