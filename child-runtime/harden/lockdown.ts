/** Freezes the language's intrinsics, once, in the zygote. */
import { restoreFreeze } from './element-stores.js';
import 'ses/lockdown-shim.js';
import { enableOverrides } from './overrides.js';
import { installRandom } from './random.js';
import { recordStackFrames } from './stack-frames.js';

/** What `ses/lockdown-shim.js` puts on the global object; the package declares only `lockdown` itself. */
interface SesGlobals {
  repairIntrinsics(options: Record<string, string>): void;
  hardenIntrinsics(): void;
  harden<T>(value: T): T;
}

restoreFreeze();

let freeze: SesGlobals['harden'] | undefined;

/** Freezes `value` and all that can be reached from it. After `lockDown`. */
export function harden<T>(value: T): T {
  if (freeze === undefined) throw new Error('harden before lockdown');
  return freeze(value);
}

/**
 * Repairs and freezes the intrinsics for good. Throws when the engine has something that ses doesn't know how to tame.
 * Function constructors throw from now on, and RegExp, Date and Error lose what isn't pure.
 */
export function lockDown(): void {
  if (freeze !== undefined) throw new Error('lockdown a second time');
  // Children live in UTC: no time-zone file can be read, and no guest learns where its host stands.
  process.env.TZ = 'UTC';
  new Date(0).getTimezoneOffset();
  installRandom();
  const ses = globalThis as unknown as SesGlobals;
  ses.repairIntrinsics({
    // The stack hook is replaced below; until then stacks are hidden.
    errorTaming: 'safe',
    overrideTaming: 'min',
    evalTaming: 'no-eval',
    localeTaming: 'safe',
    regExpTaming: 'safe',
    // Node's console and its error paths stay as they are: they are removed with all other globals.
    consoleTaming: 'unsafe',
    errorTrapping: 'none',
    unhandledRejectionTrapping: 'none',
    reporting: 'none',
    domainTaming: 'safe',
  });
  enableOverrides();
  ses.hardenIntrinsics();
  freeze = ses.harden;
  recordStackFrames();
}
