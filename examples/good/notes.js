// Files: create, write, read, list, remove. A program sees its own directory and nothing else.

for (const name of ['monday', 'tuesday', 'wednesday']) {
  const file = await openfile(`${name}.txt`, true);
  await file.writeat(`Notes of ${name}\n`, 0);
  await file.close();
}

await removefile('tuesday.txt');
const files = await listfiles();
await log(`files: ${files.sort().join(' ')}\n`);

try {
  await openfile('tuesday.txt', false);
} catch (error) {
  await log(`tuesday.txt is gone: ${error.name}\n`);
}
