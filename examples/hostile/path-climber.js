// File names that lead out of the program's directory are refused, each with a Repy exception.

const names = ['../access.log', '/etc/passwd', '..', '.', '.hidden', 'a/b', 'CAPITALS', 'x'.repeat(121), 'nul\0byte'];
let escapes = 0;
for (const name of names) {
  try {
    await openfile(name, false);
    escapes += 1;
  } catch (error) {
    await log(`${JSON.stringify(name.slice(0, 20))}: ${error.name}\n`);
  }
}
if (escapes > 0) throw new Error(`${escapes} files opened`);
