import type { Attack } from '../../attack.js';

export default {
  aim: "overrides exec so that the runtime's regular expressions call the program",
  language: 'javascript',
  source: `
try { RegExp.prototype.exec = function () { log('ESCAPED'); }; } catch (e) { log('refused '); }
const fake = /x/;
try { fake.exec = () => { throw 1; }; } catch (e) { log('refused '); }
try { await openfile(fake, true); } catch (e) { /* refused */ }
log('tried');
`,
  ends: ['exited'],
  logs: /refused (refused )?tried/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
