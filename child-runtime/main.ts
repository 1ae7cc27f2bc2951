/** The runtime of a zygote that serves programs of every language. */
import { javascript } from './javascript/tongue.js';
import { python } from './python/tongue.js';
import { childRuntime } from './runtime.js';

export const { prepare, refresh, compileHot, runChild } = childRuntime([javascript, python]);
