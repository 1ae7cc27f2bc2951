import type { Attack } from '../../attack.js';

export default {
  aim: 'hides a forbidden name between types that are cut out',
  language: 'typescript',
  source: `
const f = <T,>(x: T): T => x;
const g = f<typeof globalThis>(undefined as unknown as typeof globalThis);
type P = typeof import('node:process');
const h = (x: any) => (x satisfies unknown as any)!;
log(typeof h(g));
const i = h<any>(1) as const;
`,
  ends: ['exited'],
  logs: /^undefined$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
