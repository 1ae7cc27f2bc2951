/** The same for one in JavaScript, with no type to strip. */
import { javascript } from '../javascript/tongue.js';
import { childRuntime } from '../runtime.js';

const samples = javascript.samples.filter(({ language }) => language === 'javascript');

export const { prepare, refresh, compileHot, runChild } = childRuntime([
  { ...javascript, languages: ['javascript'], samples },
]);
