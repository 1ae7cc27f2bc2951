/** What a Python guest sees of its own limits: allocations that no quota could hold, and handles that it lost without closing. */

import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import t from 'tap';
import { programPath } from '../../bench/python/lines.js';
import { narrowRestrictions, openYard } from '../support/yard.js';

const yard = await openYard();
t.teardown(() => yard.close());

const python = { language: 'python', name: 'guest.r2py' } as const;

t.test('a value larger than the quota is a MemoryError', async (t) => {
  const source = `
def attempt(name, make):
  try:
    make()
  except MemoryError:
    log(name, "MemoryError\\n")
  else:
    log(name, "made\\n")
def text():
  return "x" * 20000000
def numbers():
  return [1] * 2500000
def count():
  return range(2500000)
def power():
  return 10 ** 50000000
def padded():
  return "abc".ljust(20000000)
def fits():
  return "x" * 5000000
for name, make in (("str", text), ("list", numbers), ("range", count), ("power", power), ("ljust", padded), ("small", fits)):
  attempt(name, make)
`;
  const failed = ['str', 'list', 'range', 'power', 'ljust'].map((name) => `${name} MemoryError\n`).join('');
  t.equal(await yard.output(source, python), `${failed}small made\n`);
  const wide = narrowRestrictions.replace('15000000', '400000000');
  t.match(
    await yard.output(source, { ...python, restrictions: wide }),
    /^str made\nlist made\nrange made\npower MemoryError\nljust made/,
  );
});

t.test('what is piled up beyond the quota ends the program', async (t) => {
  const program = await yard.start(
    's = []\nwhile True:\n  s.append("x" * 100000 + str(len(s)))\n  s[-1].find("y")\n',
    python,
  );
  t.match(await program.outcome, { reason: 'limit', limit: { resource: 'memory' } });
});

t.test('many short texts fit', async (t) => {
  // 40,000 strs of about 30 chars: 2 MB of chars, 5 MB of objects. Unless they are flat they take more than the quota.
  const source = `
parts = []
for i in xrange(20000):
  parts.append("item number " + str(i) + ":" + hex(i))
parts = parts + ["and number %d is %x" % (i, i) for i in xrange(20000)]
log(len(parts))
`;
  t.equal(await yard.output(source, python), '40000');
});

t.test('V8 compiles a long function full of float arithmetic within a small quota', async (t) => {
  const source = await readFile(programPath('nbody'), 'latin1');
  t.match(await yard.output(source, { ...python, restrictions: narrowRestrictions }), / -0\.169226986 /);
});

t.test('files that were lost', async (t) => {
  const source = `
def lose(name):
  f = openfile(name, True)
  f.writeat("x", 0)
for i in range(3):
  lose("same")
for i in range(25):
  lose("file" + str(i))
removefile("same")
log("lost")
openfile("dropped", True)
openfile("dropped", True).writeat("abc", 0)
log(openfile("dropped", False).readat(None, 0))
class Keeper:
  pass
held = []
for i in range(10):
  keeper = Keeper()
  keeper.itself = keeper
  keeper.file = openfile("held" + str(i), True)
  held.append(keeper)
try:
  lose("another")
except ResourceExhaustedError:
  log("all in use")
try:
  openfile("held3", False)
except FileInUseError:
  log("this too")
del keeper
held = None
lose("another")
log("and none")
`;
  t.equal(await yard.output(source, python), 'lost abc all in use this too and none');
});

t.test('sockets that were lost', async (t) => {
  const [tcp, own, udp] = await freePorts(3);
  const ports = `resource connport ${tcp}\nresource connport ${own}\nresource messport ${udp}\n`;
  const rates = ['netsend', 'netrecv', 'loopsend', 'looprecv'].map((name) => `resource ${name} 1000000\n`).join('');
  const restrictions = `${narrowRestrictions}${ports}${rates}resource insockets 3\nresource outsockets 3\n`;
  const source = `
def tcp():
  server = listenforconnection("127.0.0.1", ${tcp})
def udp():
  server = listenformessage("127.0.0.1", ${udp})
for i in range(5):
  tcp()
  udp()
listenformessage("127.0.0.1", ${udp})
listenformessage("127.0.0.1", ${udp})
log("listened")
server = listenforconnection("127.0.0.1", ${tcp})
def patiently(call):
  while True:
    try:
      return call()
    except SocketWouldBlockError:
      sleep(0.005)
    except CleanupInProgressError:
      sleep(0.05)
def connect():
  return openconnection("127.0.0.1", ${tcp}, "127.0.0.1", ${own}, 5)
def exchange():
  ours = patiently(connect)
  ip, port, theirs = patiently(server.getconnection)
  ours.send("hello")
  def receive():
    return theirs.recv(10)
  return patiently(receive)
for i in range(5):
  assert exchange() == "hello"
log("connected")
`;
  t.equal(await yard.output(source, { ...python, restrictions }), 'listened connected');
});

/** Ports of loopback that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.on('listening', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
