import type { Attack } from '../../attack.js';

export default {
  aim: 'has the resolver read a file, an option or a path as a name',
  language: 'javascript',
  source: String.raw`
for (const name of ['', '/etc/passwd', '-x', 'a\0b', 'x'.repeat(300), '..', '\n']) try { await gethostbyname(name); log('ESCAPED'); } catch (e) { log(e.name); }
`,
  ends: ['exited'],
  logs: /^(\w+Error ?)+$/,
  restrictions: ['netsend 1000000', 'netrecv 1000000'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
