import type { Attack } from '../../attack.js';

export default {
  aim: 'has the runtime walk a value without end, for the log and for the report: deep, circular, and wide at every depth',
  language: 'javascript',
  source: `
let deep = []; for (let i = 0; i < 30000; i++) deep = [deep];
console.log(deep);
const circle = {}; circle.c = circle;
console.log(circle);
let wide = 1; for (let i = 0; i < 10; i++) wide = Array(100).fill(wide);
console.log(wide);
console.log('all three');
throw { deep, circle, wide };
`,
  // Each is cut off in depth and in length: a walk to the end would run out of stack, of memory or of time.
  ends: ['uncaught'],
  logs: /^\[{5}\.{3}\]{5} (\{ c: ){4}\{\.{3}\}( \}){4} \[{5}\.{3}\].{1000,12000} all three$/,
  reports: /\{ deep: \[{4}\.{3}\]{4}, circle: (\{ c: ){3}\{\.{3}\}( \}){3}, wide: \[{4}\.{3}\]/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
