import type { Attack } from '../../attack.js';

export default {
  aim: 'asks the API from within the conversion of its own arguments, and fails in the middle',
  language: 'javascript',
  source: `
let depth = 0;
const again = {
  toString() {
    depth += 1;
    if (depth > 5) throw new TypeError('enough');
    log('inner', this);
    return 'outer';
  },
};
try {
  log('first', again);
} catch (error) {
  log(error.name);
}
const file = await openfile('a.txt', true);
const offset = {
  valueOf() {
    file.close();
    return 0;
  },
};
for (const args of [[again, 0], ['x', offset], [{ length: 3 }, 0], ['x', { valueOf: 3 }]]) {
  try {
    await file.writeat(...args);
    log('ESCAPED', String(args[1]));
  } catch (error) {
    log(error.name);
  }
}
await file.writeat('fine', 0);
log(await file.readat(10, 0));
await file.close();
`,
  ends: ['exited'],
  logs: /^first .*RepyArgumentError RepyArgumentError RepyArgumentError RepyArgumentError fine$/,
  leaves: ['a.txt'],
  untouched: ['host files', 'directory'],
} satisfies Attack;
