/** A result that is mostly there at once. Calls that needn't wait then cost no promise and no turn of the event loop. */
export type Maybe<T> = T | Promise<T>;

export function then<T, U>(result: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> {
  return result instanceof Promise ? result.then(next) : next(result);
}

/** What `work` gives, or what `failed` makes of its error, whichever way it comes. */
export function orElse<T>(work: () => Maybe<T>, failed: (error: unknown) => T): Maybe<T> {
  try {
    const result = work();
    return result instanceof Promise ? result.catch(failed) : result;
  } catch (error) {
    return failed(error);
  }
}
