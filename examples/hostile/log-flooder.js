// Wants to fill the operator's disk with its log. Each line waits for the `lograte` quota.

for (;;) await log(`${'all work and no play '.repeat(40)}\n`);
