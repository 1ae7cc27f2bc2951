import type { Attack } from '../../attack.js';

export default {
  aim: "changes or reads the host's idea of time zones and locales",
  language: 'javascript',
  source: String.raw`
const zone = new Date(0).toString();
if (!/GMT\+0000|Invalid/.test(zone)) log('ESCAPED ' + zone);
try { Date.now = () => 0; log('ESCAPED'); } catch (e) { /* refused */ }
log('tried');
`,
  ends: ['exited'],
  logs: /tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
