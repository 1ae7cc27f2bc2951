/** The runtime of a zygote for one program in Python: it loads and warms nothing else. */
import { python } from '../python/tongue.js';
import { childRuntime } from '../runtime.js';

export const { prepare, refresh, compileHot, runChild } = childRuntime([python]);
