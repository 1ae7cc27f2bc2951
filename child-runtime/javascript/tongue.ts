import type { Tongue } from '../runtime.js';
import { javascriptRuntime } from './index.js';
import { samples } from './samples.js';

export const javascript: Tongue = { languages: ['javascript', 'typescript'], runtime: javascriptRuntime, samples };
