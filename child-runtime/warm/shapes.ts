/**
 * V8 forgets an object's shape, and all that compiled code has learned about it, when a full collection finds no object of that
 * shape alive; every child would learn it anew, and compile again what it learned it for. So objects that live no longer than a
 * program's start are kept from the sample runs.
 */
const kept: unknown[] = [];
let keeping = false;

/** Keeps `value`, and what it refers to, if a sample is running for that purpose; a no-op in children. */
export function keepShape<T>(value: T): T {
  if (keeping) kept.push(value);
  return value;
}

/** Runs `samples` and keeps their objects. */
export function keepShapesOf(samples: () => void): void {
  keeping = true;
  samples();
  keeping = false;
}
