import type { Tongue } from '../runtime.js';
import { pythonRuntime } from './index.js';
import { samples } from './samples.js';

export const python: Tongue = { languages: ['python'], runtime: pythonRuntime, samples };
