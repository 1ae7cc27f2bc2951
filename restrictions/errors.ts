/** Every error of this folder. `message` is complete for people; line and field are there for tools as well. */
export type RestrictionsErrorCode = 'parse' | 'math' | 'value' | 'policy' | 'size';

export abstract class RestrictionsError extends Error {
  abstract readonly code: RestrictionsErrorCode;
  /** Line of the restrictions file, counted from 1; none when the file as a whole is at fault. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}

/** A line of a RepyV2 restrictions file is not of its grammar. RepyV2's class and message. */
export class ResourceParseError extends RestrictionsError {
  override readonly name = 'ResourceParseError';
  readonly code = 'parse';
}

/** A required resource is missing, or arithmetic has no answer. RepyV2's class and message. */
export class ResourceMathError extends RestrictionsError {
  override readonly name = 'ResourceMathError';
  readonly code = 'math';
}

/**
 * A limit that is well written but that no program can run under, or that no limit can be compared with: nan, negative,
 * `cpu 0`, `events 0`, port 70000. RepyV2 accepts these, then fails, each in its own way, once the program runs.
 */
export class ResourceValueError extends RestrictionsError {
  override readonly name = 'ResourceValueError';
  readonly code = 'value';
}

/** A JSON policy is not of the schema. `field` is its path, for example `resources.cpu`. */
export class PolicyError extends RestrictionsError {
  override readonly name = 'PolicyError';
  readonly code = 'policy';

  constructor(
    message: string,
    readonly field: string,
    line?: number,
  ) {
    super(message, line);
  }
}

/** The file is larger than any honest one. */
export class RestrictionsSizeError extends RestrictionsError {
  override readonly name = 'RestrictionsSizeError';
  readonly code = 'size';
}
