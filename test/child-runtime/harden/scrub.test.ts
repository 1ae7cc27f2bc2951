import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';
import { constantNames, permittedIntrinsics } from '../../../child-runtime/harden/permitted.js';
import { enginePath } from '../../../supervisor/launch/engine.js';
import { engineArguments, lacks } from '../support.js';

const fixture = fileURLToPath(new URL('../../../../test/fixtures/child-runtime/stray-names.mjs', import.meta.url));

/** Names that hosts offer, and what leads to the global object in sloppy code. */
const strays = [
  'process',
  'require',
  'module',
  'exports',
  'Buffer',
  'global',
  'globalThis',
  'window',
  'self',
  'console',
  'fetch',
  'crypto',
  'performance',
  'setTimeout',
  'setImmediate',
  'queueMicrotask',
  'structuredClone',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'WeakRef',
  'FinalizationRegistry',
  'Intl',
  'Temporal',
  'eval',
  'Function',
  'Compartment',
  'harden',
  'lockdown',
  'assert',
  'navigator',
  'MessageChannel',
  'URL',
  'AbortSignal',
  'escape',
  'gc',
  'internalBinding',
  'primordials',
];

t.test('code that no check has seen finds nothing of the host', { skip: lacks }, async (t) => {
  const bodies: ReadonlyArray<readonly [body: string, result: RegExp]> = [
    ...strays.map((name) => [`return typeof ${name}`, /^undefined$/] as const),
    ['return process', /^ReferenceError/],
    ['process = 1; return typeof process', /^undefined$/],
    ['this.x = 1; return this.x', /^(undefined|TypeError)/],
    ['Object.x = 1; return Object.x', /^undefined/],
    ['return (() => {}).constructor("return 1")()', /TypeError/],
    ['return (async () => {}).constructor("return 1")()', /TypeError/],
    [
      'return Reflect.ownKeys(this).map(String).sort().join()',
      new RegExp(`^${[...permittedIntrinsics, ...constantNames].sort().join()}$`),
    ],
    ['return Object.isFrozen(this)', /^true$/],
    // The two that aren't frozen by the language's own function.
    ['return Object.isFrozen(Array.prototype) && Object.isFrozen(Object.prototype)', /^true$/],
    ['Array.prototype[0] = 1; return [,][0]', /^undefined$/],
    ['"use strict"; Array.prototype[0] = 1', /^TypeError/],
    ['"use strict"; Object.prototype.x = 1', /^TypeError/],
    ['"use strict"; Array.prototype.push = 1', /^TypeError/],
    ['return Object.defineProperty(Array.prototype, "push", { get() {} })', /^TypeError/],
    ['return Object.isFrozen(Object.freeze([1])) && Object.freeze.name', /^freeze$/],
  ];
  const { stdout } = await execa(enginePath(), engineArguments(fixture), {
    input: JSON.stringify(bodies.map(([body]) => body)),
    timeout: 300_000,
  });
  const results = JSON.parse(stdout) as string[];
  bodies.forEach(([body, result], at) => {
    t.match(results[at], result, body);
  });
  t.match(results.at(-1), /^TypeError: ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING/, 'dynamic import loads nothing');
});
