// Files: create, write, read, list, remove. A program sees its own directory and nothing else.

for (const name of ['monday', 'tuesday', 'wednesday']) {
  const file = await openfile(`${name}.txt`, true);
  await file.writeat(`Notes of ${name}\n`, 0);
  await file.close();
}

await removefile('tuesday.txt');
await log('files:', (await listfiles()).sort().join(' '), '\n');

try {
  await openfile('tuesday.txt', false);
} catch (error) {
  await log('tuesday.txt is gone:', error.name, '\n');
}
