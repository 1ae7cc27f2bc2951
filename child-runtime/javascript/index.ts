/** JavaScript and TypeScript guests. */
import type { LanguageRuntime } from '../host.js';
import { check } from './check.js';
import { makeRealm } from './realm.js';
import { watchRejections } from './rejections.js';
import { runProgram } from './run.js';

export const javascriptRuntime: LanguageRuntime = {
  prepare(): void {
    watchRejections();
    makeRealm();
  },
  check,
  run: runProgram,
};
