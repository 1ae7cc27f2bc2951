import { extname } from 'node:path';
import type { Language } from '../../protocol/messages.js';

const languages: Readonly<Record<string, Language>> = {
  '.r2py': 'python',
  '.repy': 'python',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.ts': 'typescript',
};

/** The language that a program's file name tells, or `undefined`. */
export function languageOf(file: string): Language | undefined {
  const extension = extname(file);
  return Object.hasOwn(languages, extension) ? languages[extension] : undefined;
}

/** What to tell who gave a program of no known language. */
export function unknownLanguage(file: string): string {
  return `Can't tell the language of '${file}': its name must end in ${Object.keys(languages).join(', ')}`;
}
