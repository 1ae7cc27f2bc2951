import type { Attack } from '../../attack.js';

export default {
  aim: "constructs, extends and borrows the API's functions",
  language: 'javascript',
  source: `
let refused = 0;
const tries = [
  () => new log('x'),
  () => Reflect.construct(log, ['x'], Array),
  () => Reflect.construct(Array, [], log),
  () => new (class extends log {})(),
  () => Object.setPrototypeOf(log, Array.prototype),
  () => Object.defineProperty(log, Symbol.hasInstance, { value: () => true }),
  () => ((log.constructor = Array), log),
  () => Reflect.set(log, 'name', 'x') && 'set',
  () => log.caller,
  () => log.arguments,
];
for (const attempt of tries) {
  try {
    const got = attempt();
    if (got === undefined || got === false || got === null || Array.isArray(got)) refused += 1;
    else log('ESCAPED', typeof got);
  } catch (error) {
    refused += 1;
  }
}
Reflect.apply(log, { secret: 1 }, ['applied']);
log.call(globalThisIsNot(), 'called');
log.bind(null, 'bound')();
function globalThisIsNot() {
  return new Proxy({}, { get: () => log('ESCAPED') });
}
log(refused, tries.length);
`,
  ends: ['exited'],
  logs: /^applied called bound 10 10$/,
  untouched: ['host files', 'directory'],
} satisfies Attack;
