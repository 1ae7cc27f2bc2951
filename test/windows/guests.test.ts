/** Guests of each language on Windows, through the whole supervisor: processes, channel, broker, nanny. */
import t from 'tap';
import { settledUse } from '../support/patience.js';
import { narrowRestrictions, openYard, type StartOptions, type TestYard } from '../support/yard.js';

let yard: TestYard;
t.before(async () => {
  yard = await openYard();
});
t.teardown(() => yard?.close());

const python = (more: StartOptions = {}): StartOptions => ({ language: 'python', name: 'guest.r2py', ...more });
const network = `${narrowRestrictions}
resource insockets 4
resource outsockets 4
resource netsend 1000000
resource netrecv 1000000
resource loopsend 1000000
resource looprecv 1000000
resource messport 63520
resource messport 63521
resource connport 63522
resource connport 63523
`;

t.test('JavaScript, TypeScript and Python say hello', async (t) => {
  const said = await Promise.all([
    yard.output("log('hello from', 'JavaScript', ...callargs);", { args: ['a b', 'ö', '"'] }),
    yard.output("const name: string = 'TypeScript'; log('hello from ' + name);", {
      language: 'typescript',
      name: 'a.ts',
    }),
    yard.output("log('hello from', 'Python', 7 / 2, 2 ** 70, len(randombytes()))", python()),
  ]);
  t.match(said[0], /hello from JavaScript a b ö "/);
  t.match(said[1], /hello from TypeScript/);
  t.match(said[2], /hello from Python 3 1180591620717411303424 1024/);
});

// Bytes are kept as they are, line ends included; what means something to Windows is no file's name.
t.test('files', async (t) => {
  const output = await yard.output(
    `const file = await openfile('notes.txt', true);
     await file.writeat('line one\\r\\nline two\\n', 0);
     await file.writeat('X', 5);
     log(JSON.stringify([await file.readat(100, 0), await file.readat(3, 6)]));
     await file.close();
     log(JSON.stringify(await listfiles()));
     await removefile('notes.txt');
     for (const name of ['con', 'nul', 'aux.txt', 'com1', 'lpt9.log', 'name.']) {
       await openfile(name, true).then(() => log('made', name), (error) => log(error.name));
     }
     log(JSON.stringify(await listfiles()));`,
  );
  const refused = Array.from({ length: 6 }, () => 'RepyArgumentError').join(' ');
  t.equal(output, `["line Xne\\r\\nline two\\n","ne\\r"] ["notes.txt"] ${refused} []`);
});

t.test('the same from Python', async (t) => {
  const source = `
myfile = openfile("data.bin", True)
myfile.writeat("".join([chr(n) for n in range(256)]), 0)
text = myfile.readat(None, 0)
myfile.close()
log(len(text), ord(text[10]), ord(text[13]), ord(text[26]), listfiles())
try:
  openfile("absent", False)
except FileNotFoundError:
  log("absent")
`;
  t.equal(await yard.output(source, python()), "256 10 13 26 ['data.bin'] absent");
});

/** RepyV2's calls don't wait: a program asks again. */
const again = `
def again(call, argument=None):
  for tries in range(500):
    try:
      if argument is None:
        return call()
      return call(argument)
    except SocketWouldBlockError:
      sleep(0.02)
`;

t.test('TCP and UDP on the loopback', async (t) => {
  const source = `${again}
server = listenforconnection("127.0.0.1", 63522)
client = openconnection("127.0.0.1", 63522, "127.0.0.1", 63523, 10)
ip, port, peer = again(server.getconnection)
client.send("ping")
log(ip, port, again(peer.recv, 100))
peer.send("pong")
log(again(client.recv, 100))
peer.close()
try:
  again(client.recv, 100)
except SocketClosedRemote:
  log("closed")
client.close()
server.close()
receiver = listenformessage("127.0.0.1", 63520)
sendmessage("127.0.0.1", 63520, "a datagram", "127.0.0.1", 63521)
log(again(receiver.getmessage))
receiver.close()
try:
  openconnection("127.0.0.1", 63522, "127.0.0.1", 63523, 5)
except ConnectionRefusedError:
  log("refused")
`;
  const output = await yard.output(source, python({ restrictions: network }));
  t.equal(output, "127.0.0.1 63523 ping pong closed ('127.0.0.1', 63521, 'a datagram') refused");
});

t.test('threads wait for locks and for time', async (t) => {
  const source = `
lock = createlock()
done = []
def work():
  for n in range(3):
    lock.acquire(True)
    done.append(getthreadname())
    lock.release()
    sleep(0.01)
for n in range(3):
  createthread(work)
while len(done) < 9:
  sleep(0.02)
log(len(done), len(set(done)))
`;
  t.equal(await yard.output(source, python()), '9 3');
});

t.test('how programs end', async (t) => {
  const ends = async (source: string, more: StartOptions = {}) => (await yard.start(source, more)).outcome;
  const [all, thrown, unsafe, spinning] = await Promise.all([
    ends('exitall(); log("never");'),
    ends('raise ValueError("no")', python()),
    ends('process.exit()'),
    yard.start('for (;;);'),
  ]);
  t.match(all, { reason: 'exitall', exitCode: 200 });
  t.match(thrown, { reason: 'uncaught', exitCode: 6, report: /ValueError/ });
  t.match(unsafe, { reason: 'unsafe', exitCode: 5 });
  await yard.running([spinning]);
  spinning.stop();
  t.match(await spinning.outcome, { reason: 'stopped', exitCode: 44 });
});

t.test('a memory hog ends at its limit', async (t) => {
  const source = 'const held = []; for (;;) { held.push(new Uint8Array(100_000).fill(1)); await sleep(0.001); }';
  const { reason, limit, message } = await (await yard.start(source)).outcome;
  t.match({ reason, limit }, { reason: 'limit', limit: { resource: 'memory', allowed: 15_000_000 } }, message);
});

t.test('a quota ends a program before the write that would pass it', async (t) => {
  const restrictions = narrowRestrictions.replace(/diskused \d+/, 'diskused 50000');
  const source = `const f = await openfile('big', true); for (let at = 0; ; at += 10000) await f.writeat('x'.repeat(10000), at);`;
  const outcome = await (await yard.start(source, { restrictions })).outcome;
  t.match(outcome, { reason: 'limit', limit: { resource: 'diskused', allowed: 50_000 } });
});

t.test('a total of processor time ends a program, and the report says who counts', async (t) => {
  const resources = {
    cpu: 2,
    memory: 15_000_000,
    lograte: 30_000,
    events: 1,
    diskused: 50_000,
    filesopened: 1,
    cputime: 0.5,
  };
  const program = await yard.start('for (;;);', { restrictions: JSON.stringify({ resources }) });
  const { reason, limit, message, enforcement } = await program.outcome;
  t.match({ reason, limit }, { reason: 'limit', limit: { resource: 'cputime', allowed: 0.5 } }, message);
  const lines = enforcement.filter(({ resource }) => resource === 'cputime');
  t.match(lines, [{ mechanism: "the supervisor's clock", state: 'enforced' }]);
  t.equal(lines.length, 1);
});

t.test('a program that computes is held to its share', async (t) => {
  const restrictions = narrowRestrictions.replace(/cpu 2/, 'cpu 0.1');
  const program = await yard.start('for (;;);', { restrictions });
  await yard.running([program]);
  const [before, at] = [program.status().usage.cpuSeconds, performance.now()];
  const look = () => ({
    used: program.status().usage.cpuSeconds - before,
    seconds: (performance.now() - at) / 1000,
  });
  // The poller's 0.1 s in advance, and what its reading may be late.
  const { used, seconds, most } = await settledUse(look, { share: 0.1 * 1.1, slack: 0.1, atLeast: 4 });
  program.stop();
  const { enforcement, usage } = await program.outcome;
  t.ok(used <= most, `${used} s in ${seconds} s`);
  t.ok(usage.throttledSeconds > 0 || used < 0.08 * seconds);
  const states = Object.fromEntries(enforcement.map(({ resource, state }) => [resource, state]));
  t.match(states, {
    cpu: 'polled',
    memory: 'polled',
    'system calls': 'not enforced',
    isolation: 'not enforced',
    fileread: 'enforced',
  });
});
