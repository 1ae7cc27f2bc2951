// Mostly waits. A waiting program costs a few hundred kilobytes of memory and no processor time.

for (let tick = 1; tick <= 4; tick += 1) {
  await sleep(0.5);
  await log(`tick ${tick} after ${getruntime().toFixed(1)} s\n`);
}
