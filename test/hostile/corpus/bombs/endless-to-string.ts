import type { Attack } from '../../attack.js';

export default {
  aim: 'never returns from the conversion of an argument',
  language: 'javascript',
  source: `
await log({ toString() { for (;;); }, [Symbol.toPrimitive]() { for (;;); } }, String({ toString() { for (;;); } }));
`,
  ends: ['stopped'],
  stopAfterMs: 200,
  untouched: ['host files', 'directory'],
} satisfies Attack;
