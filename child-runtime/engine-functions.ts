/** V8's functions for its own tests, written with a percent sign: the only way to ask it for some things. */
import { setFlagsFromString } from 'node:v8';

/** What `compile` makes may name them. Call before there is any guest, who has no use for them otherwise than to break out. */
export function withEngineFunctions<T>(compile: () => T): T {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return compile();
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}
