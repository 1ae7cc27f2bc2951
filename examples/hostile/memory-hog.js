// Keeps all it gets. The kernel ends it at its limit.

const kept = [];
for (;;) kept.push(new Uint8Array(64 * 1024).fill(1));
