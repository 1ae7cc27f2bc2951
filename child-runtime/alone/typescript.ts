/** The same for one in TypeScript. */
import { javascript } from '../javascript/tongue.js';
import { childRuntime } from '../runtime.js';

export const { prepare, refresh, compileHot, runChild } = childRuntime([javascript]);
