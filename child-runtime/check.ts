/**
 * The static check as a plain process: `node check.js LANGUAGE < PROGRAM`. Prints the verdict as one line of JSON;
 * exits 0 for a program that may run, 5 for one that may not. Loads one language's checker and nothing else.
 */
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import type { CheckVerdict } from './host.js';

type Check = (source: Uint8Array) => CheckVerdict;

const checkers: Readonly<Record<string, () => Promise<Check>>> = {
  async javascript() {
    const { checkText, decodeSource, verdictOf } = await import('./javascript/check-text.js');
    return (source) => verdictOf(() => checkText(decodeSource(source)));
  },
  async typescript() {
    const { check } = await import('./javascript/check.js');
    return (source) => check({ source, language: 'typescript' });
  },
  async python() {
    const { checkPython } = await import('./python/check.js');
    return checkPython;
  },
};

const language = process.argv[2] ?? '';
const load = Object.hasOwn(checkers, language) ? checkers[language] : undefined;
if (load === undefined) {
  process.stderr.write(
    `check: no checker for the language '${language}'; there are ${Object.keys(checkers).join(', ')}\n`,
  );
  process.exitCode = 1;
} else {
  const check = await load();
  const verdict = check(await buffer(process.stdin));
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
  process.exitCode = verdict.safe ? 0 : 5;
}
