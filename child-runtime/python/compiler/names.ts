/** Reading, binding and unbinding names. No guest name appears without a prefix that ends in `$`, so none meets JavaScript's or the runtime's. */
import type { Body } from './body.js';
import { isIntLiteral, isNumberLiteral } from './operands.js';
import { codeScope, isOftenFloat } from './symbols.js';

type Place =
  | { readonly kind: 'constant'; readonly text: string }
  /** A JavaScript variable of the function that runs. */
  | { readonly kind: 'local'; readonly text: string }
  /** A cell that several functions share. */
  | { readonly kind: 'cell'; readonly text: string; readonly own: boolean }
  | { readonly kind: 'class'; readonly text: string; readonly fallback: string; readonly builtin: boolean }
  | { readonly kind: 'global'; readonly text: string; readonly builtin: boolean };

const constants = new Map([
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
]);

function globalPlace(b: Body, name: string): Place {
  const { options, symbols } = b.unit;
  const builtin = options.builtins.has(name);
  if (
    options.closed &&
    symbols.module.bound.has(name) &&
    !symbols.sharedGlobals.has(name) &&
    !options.builtins.has(name)
  ) {
    // Only the module's own code knows this name: as fast as a local of it.
    return { kind: 'local', text: `v$${name}` };
  }
  return { kind: 'global', text: b.unit.global(name), builtin };
}

function place(b: Body, name: string): Place {
  const { options, symbols } = b.unit;
  const inner = b.classes.at(-1);
  if (inner?.scope.bound.has(name)) {
    const text = `${inner.prefix}$${name}`;
    b.variables.add(text);
    const fallback = globalPlace(b, name);
    return {
      kind: 'class',
      text,
      fallback: fallback.text,
      builtin: options.builtins.has(name),
    };
  }
  const constant = constants.get(name);
  if (constant !== undefined && !symbols.module.bound.has(name) && !b.scope.bound.has(name)) {
    return { kind: 'constant', text: constant };
  }
  const scope = codeScope(b.scope);
  if (scope.kind === 'function') {
    if (scope.cells.has(name)) return { kind: 'cell', text: `c$${name}.v`, own: b.classes.length === 0 };
    if (scope.bound.has(name)) return { kind: 'local', text: `v$${name}` };
    if (scope.free.has(name)) return { kind: 'cell', text: `c$${name}.v`, own: false };
  }
  return globalPlace(b, name);
}

/** What fails when a global is missing: CPython words it differently in functions. */
const noName = (b: Body): string => (b.scope.kind === 'function' && b.classes.length === 0 ? 'noGlobal' : 'noName');

const quoted = (name: string): string => JSON.stringify(name);

/** An expression for the name's value, with the check that it has one. `stable`: reading it again gives the same. */
export function loadName(b: Body, name: string): { text: string; stable: boolean } {
  const at = place(b, name);
  switch (at.kind) {
    case 'constant':
      return { text: at.text, stable: true };
    case 'local': {
      const double = doubleOf(b, name);
      if (double !== undefined) {
        const value = `${b.unit.use('boxed')}(${double},${at.text})`;
        if (b.assigned.has(at.text)) return { text: value, stable: false };
        return { text: `(${double}===${double}?${value}:${checked(b, at.text, name)})`, stable: false };
      }
      if (b.assigned.has(at.text)) return { text: at.text, stable: true };
      return { text: `(${checked(b, at.text, name)})`, stable: false };
    }
    case 'cell': {
      if (b.assigned.has(at.text)) return { text: at.text, stable: false };
      const fail = b.unit.use(at.own ? 'noLocal' : 'noFree');
      return { text: `(${at.text}===undefined?${fail}(${quoted(name)}):${at.text})`, stable: false };
    }
    case 'global':
      if (at.builtin) return { text: at.text, stable: false };
      return { text: `(${at.text}===undefined?${b.unit.use(noName(b))}(${quoted(name)}):${at.text})`, stable: false };
    case 'class': {
      const rest = at.builtin
        ? at.fallback
        : `${at.fallback}===undefined?${b.unit.use('noName')}(${quoted(name)}):${at.fallback}`;
      return { text: `(${at.text}!==undefined?${at.text}:${rest})`, stable: false };
    }
  }
}

/** A local that may have no value. */
function checked(b: Body, text: string, name: string): string {
  const fail = b.unit.use(b.scope.kind === 'module' ? noName(b) : b.classes.length > 0 ? 'noFree' : 'noLocal');
  return `${text}===undefined?${fail}(${quoted(name)}):${text}`;
}

/**
 * The JavaScript variable that holds the number of a local which often is a float, so that V8 needs no box for it. While that is NaN, the
 * value is in the usual variable.
 */
export function doubleOf(b: Body, name: string): string | undefined {
  if (!isOftenFloat(b.scope, name)) return undefined;
  return place(b, name).kind === 'local' ? `d$${name}` : undefined;
}

/** An assignment expression; `value` is JavaScript text. */
export function storeName(b: Body, name: string, value: string): string {
  const at = place(b, name);
  if ((at.kind === 'local' || at.kind === 'cell') && !mayBeDeleted(b, name)) b.assigned.add(at.text);
  const double = doubleOf(b, name);
  if (double === undefined) return `${at.text}=${value}`;
  const number = b.unit.floatValue(value) ?? value;
  if (isNumberLiteral(number) && !isIntLiteral(value)) return `${double}=${number}`;
  if (/^(\d+|null|true|false)$/.test(value)) return `(${double}=0/0,${at.text}=${value})`;
  return `${double}=${b.unit.use('doubleOrNaN')}(${at.text}=${value})*1`;
}

/** Names that some `del` of this code may unbind are never known to be assigned. */
function mayBeDeleted(b: Body, name: string): boolean {
  return codeScope(b.scope).deleted.has(name) || b.current.deleted.has(name);
}

/** A statement that unbinds a name, or fails as CPython does when it has no value. */
export function deleteName(b: Body, name: string): string {
  const at = place(b, name);
  const check = (fail: string) => `if(${at.text}===undefined)${b.unit.use(fail)}(${quoted(name)});`;
  b.assigned.delete(at.text);
  switch (at.kind) {
    case 'local':
      return `${check(b.scope.kind === 'module' ? 'noName' : 'noLocal')}${at.text}=undefined;`;
    case 'class':
      return `${check('noName')}${at.text}=undefined;`;
    case 'cell':
      return `${check('noLocal')}${at.text}=undefined;`;
    case 'global':
      if (b.unit.options.closed) {
        // The built-in of that name comes back.
        return `${check('noName')}${at.text}=${at.builtin ? `P(${quoted(name)})` : 'undefined'};`;
      }
      return `${b.unit.use('deleteGlobal')}(${at.text.slice(0, -2)},${quoted(name)});`;
    case 'constant':
      return `${b.unit.use('noName')}(${quoted(name)});`;
  }
}

/** Declares a function's own variable if it is one; parameters are declared by their function. */
export function declareLocals(b: Body, parameters: ReadonlySet<string>): void {
  for (const name of b.scope.bound) {
    if (b.scope.kind === 'function') {
      if (!b.scope.cells.has(name) && !parameters.has(name)) b.variables.add(`v$${name}`);
    } else {
      const at = place(b, name);
      if (at.kind === 'local') b.variables.add(at.text);
    }
    const double = doubleOf(b, name);
    if (double !== undefined) b.variables.add(`${double}=0/0`);
  }
}

/** The text of a built-in function that `name` surely means here; undefined for anything else. */
export function builtinFunction(b: Body, name: string): string | undefined {
  if (b.unit.options.functions?.has(name) !== true || !isBuiltin(b, name)) return undefined;
  b.unit.callees.add(name);
  return `b$${name}`;
}

/** Whether a name surely means the built-in of that name here. */
export function isBuiltin(b: Body, name: string): boolean {
  const { options, symbols } = b.unit;
  return (
    options.closed && options.builtins.has(name) && !symbols.module.bound.has(name) && place(b, name).kind === 'global'
  );
}
