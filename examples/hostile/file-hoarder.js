// Opens files and closes none, until the `filesopened` quota says no.

const open = [];
try {
  for (let number = 0; ; number += 1) open.push(await openfile(`file${number}`, true));
} catch (error) {
  await log(`after ${open.length} files: ${error.name}\n`);
}
