/** A program that must not run; the message is the report, which names construct or name and line. */
export class Refusal extends Error {}

export const unsafeConstruct = (construct: string, line: number): Refusal =>
  new Refusal(`Unsafe construct '${construct}' in line ${line}`);
export const unsafeName = (name: string, line: number): Refusal => new Refusal(`Unsafe name '${name}' in line ${line}`);
export const syntaxError = (message: string, line: number): Refusal =>
  new Refusal(`Syntax error: ${message} in line ${line}`);
export const tooDeep = (): Refusal => new Refusal('Unsafe construct: the program is too deeply nested');
