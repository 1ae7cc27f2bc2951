// Writes files until its directory is full.

const block = 'x'.repeat(64 * 1024);
for (let number = 0; ; number += 1) {
  const file = await openfile(`file${number}`, true);
  await file.writeat(block, 0);
  await file.close();
}
