// Random bytes come from the operating system, at the pace of the `random` quota.

const faces = [0, 0, 0, 0, 0, 0];
for (let call = 0; call < 8; call += 1) {
  const bytes = await randombytes();
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes.charCodeAt(index);
    if (byte < 252) faces[byte % 6] += 1;
  }
}
await log(`1024 x 8 random bytes make these dice: ${faces.join(' ')}\n`);
