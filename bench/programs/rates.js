// rates.r2py in JavaScript: the same calls, the same 4 seconds, the same lines.
const results = [];

async function run(name, cost, limit, call) {
  let calls = 0;
  let first;
  const begin = getruntime();
  while (getruntime() - begin < 4) {
    await call();
    calls += 1;
    if (first === undefined && getruntime() - begin > 0.5) first = calls;
  }
  const seconds = getruntime() - begin;
  const expected = ((limit * (seconds + 1)) / cost).toFixed(1);
  results.push(
    `RATE ${name}: ${calls} calls in ${seconds.toFixed(2)} s = ${((calls * cost) / seconds).toFixed(0)} units/s; limit ${limit}/s; ` +
      `(calls-in-first-0.5s ${first}) expected with 1 s burst ${expected} calls`,
  );
}

const file = await openfile('rates.tmp', true);
const [limits] = await getresources();
await sleep(1);
await run('filewrite', 4096, limits.filewrite, () => file.writeat('x'.repeat(1024), 0));
await run('fileread', 4096, limits.fileread, () => file.readat(1024, 0));
await run('random', 1024, limits.random, () => randombytes());
await run('lograte', 101, limits.lograte, () => log(`${'0123456789'.repeat(10)}\n`));
await run('loopsend', 1000, limits.loopsend, () =>
  sendmessage('127.0.0.1', 12345, 'z'.repeat(936), '127.0.0.1', 12346),
);
await file.close();
await removefile('rates.tmp');
await sleep(2);
await log('\n');
for (const line of results) await log(`${line}\n`);
