// Computes as hard as it can. Under `cpu 0.25` it gets a quarter of one core, however long it asks for more.

const limit = 1_000_000;
const composite = new Uint8Array(limit + 1);

function countPrimes() {
  composite.fill(0);
  let primes = 0;
  for (let candidate = 2; candidate <= limit; candidate += 1) {
    if (composite[candidate] === 1) continue;
    primes += 1;
    for (let multiple = candidate * candidate; multiple <= limit; multiple += candidate) composite[multiple] = 1;
  }
  return primes;
}

const rounds = Number(callargs[0] ?? '100');
for (let round = 1; round <= rounds; round += 1) {
  const primes = countPrimes();
  if (round % 100 === 0) await log(`round ${round}: ${primes} primes below a million, ${getruntime().toFixed(1)} s\n`);
}
