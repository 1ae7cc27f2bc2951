/** Linking compiled programs to their contexts. */
import type { load, Program } from '../compiler/compile.js';
import type { Value } from '../values.js';
import { builtins } from './builtins.js';
import type { SafeDict } from './namespaces.js';
import { runtime } from './runtime.js';
import { attributeName } from './state.js';

type Loaded = ReturnType<typeof load>;

/** A program whose globals are cells of `context`. */
export function linkOpen(loaded: Loaded, context: SafeDict): Program {
  return loaded({ runtime, attribute: attributeName, global: (name) => context.cell(name) });
}

/** A program that has its globals to itself; `given` are the names that it finds besides the built-ins. */
export function linkClosed(loaded: Loaded, given: ReadonlyMap<string, Value>): Program {
  const global = (name: string): Value | undefined => {
    const value = given.get(name);
    return value === undefined ? builtins.get(name) : value;
  };
  return loaded({ runtime, attribute: attributeName, global });
}
