#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/bundled/main.js', import.meta.url);
if (existsSync(main)) {
  const { start } = await import(main.href);
  await start(process.argv.slice(2));
} else {
  process.stderr.write("repyard: it isn't built yet: run `make build` in its directory first\n");
  process.exitCode = 70;
}
