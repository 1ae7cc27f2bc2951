/**
 * Waiting and measuring on a host that is busy, or that stands still for a second at any moment, as a virtual machine's host may. A test
 * that waits for an event, and not for a time, fails only where the event doesn't come.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** Resolves with whether `condition` came to hold. What takes so long as `seconds` on any host isn't going to come. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { seconds = 60, everyMs = 20 }: { seconds?: number; everyMs?: number } = {},
): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await delay(everyMs)) {
    if (await condition()) return true;
  }
  return condition();
}

/**
 * The least of several measurements, and none more after one that is at most `most`. For what a busy host can only make larger: if it is
 * once within its bound, that was no luck, and if the program measured is at fault, it never is.
 */
export async function leastOf(most: number, measure: () => Promise<number>, tries = 30): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < tries && least > most; count += 1) least = Math.min(least, await measure());
  return least;
}

export interface Use {
  /** Of processor time. */
  readonly used: number;
  /** For which it had its share. */
  readonly seconds: number;
}

/**
 * Looks at a busy program's use until it is within its share, which it passes for a while where a host's pause counted as the program's
 * own use, or held up who watches it: then it is held back for as long as that takes. One that is given too much never is. Resolves with the
 * last look and the most that it allows.
 */
export async function settledUse(
  look: () => Use,
  { share, slack, atLeast }: { share: number; slack: number; atLeast: number },
): Promise<Use & { most: number }> {
  await delay(atLeast * 1000);
  for (const patience = performance.now() + 90_000; ; await delay(20)) {
    const use = look();
    const most = share * use.seconds + slack;
    if (use.used <= most || performance.now() > patience) return { ...use, most };
  }
}
