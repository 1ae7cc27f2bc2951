/** For npm, after installing. In a clone nothing is built yet, and make sees to it. */
import { existsSync } from 'node:fs';

const script = new URL('../dist/supervisor/platform/install.js', import.meta.url);
if (existsSync(script)) await import(script.href);
