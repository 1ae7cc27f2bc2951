/**
 * The static check as a plain process: `node check.js LANGUAGE NAME < PROGRAM`. Prints the verdict as one line of JSON;
 * exits 0 for a program that may run, 5 for one that may not. Loads one language's checker and nothing else.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { CheckVerdict } from './host.js';

interface Checker {
  check(program: { source: Uint8Array; name: string; language: string }): CheckVerdict;
}

const javascript = (): Promise<Checker> => import('./javascript/check.js') as Promise<Checker>;
const python = async (): Promise<Checker> => {
  const { checkPython } = await import('./python/check.js');
  return { check: ({ source }) => checkPython(source) };
};
const checkers: Readonly<Record<string, () => Promise<Checker>>> = { javascript, typescript: javascript, python };

const [language = '', name = ''] = process.argv.slice(2);
const load = Object.hasOwn(checkers, language) ? checkers[language] : undefined;
if (load === undefined) {
  process.stderr.write(
    `check: no checker for the language '${language}'; there are ${Object.keys(checkers).join(', ')}\n`,
  );
  process.exitCode = 1;
} else {
  const { check } = await load();
  const verdict = check({ source: readFileSync(0), name, language });
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
  process.exitCode = verdict.safe ? 0 : 5;
}
