import fc from 'fast-check';
import { bounds } from '../../protocol/bounds.js';
import { type RepyExceptionName, repyExceptions } from '../../protocol/exceptions.js';
import type { ChildMessage, SupervisorMessage } from '../../protocol/messages.js';
import { WireDict, WireFloat, WireText, type WireValue } from '../../protocol/values.js';

/** One seed for all property tests: a failure is repeatable, and a run is the same everywhere. */
export const properties = { seed: 20260729, numRuns: 300 } as const;

export const byteString: fc.Arbitrary<string> = fc
  .uint8Array({ maxLength: 300 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'));
const wellFormed = fc.string({ unit: 'binary', maxLength: 40 });
/** A plain object, as a decoder makes it. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const seconds = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value + 0);

const leaf: fc.Arbitrary<WireValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.integer(),
  fc.double().map((value) => new WireFloat(value)),
  byteString,
  wellFormed.map((value) => new WireText(value)),
  fc.uint8Array({ maxLength: 100 }),
);

const nested = (depth: number): fc.Arbitrary<WireValue> =>
  depth === 0
    ? leaf
    : fc.oneof(
        { weight: 3, arbitrary: leaf },
        { weight: 1, arbitrary: fc.array(nested(depth - 1), { maxLength: 5 }) },
        {
          weight: 1,
          arbitrary: fc
            .uniqueArray(fc.tuple(byteString, nested(depth - 1)), { maxLength: 5, selector: ([key]) => key })
            .map((entries) => new WireDict(entries)),
        },
      );

export const wireValue = nested(bounds.valueDepth);

export const childMessage: fc.Arbitrary<ChildMessage> = fc.oneof(
  record({
    type: fc.constant('request' as const),
    id: u32,
    call: fc.integer({ min: 0, max: 0xffff }),
    args: fc.array(nested(bounds.valueDepth - 1), { maxLength: 5 }),
  }),
  record({
    type: fc.constant('started' as const),
    locked: seconds,
    checked: seconds,
    compiled: seconds,
    firstInstruction: seconds,
  }),
  record({
    type: fc.constant('end' as const),
    reason: fc.constantFrom('exited' as const, 'exitall' as const, 'uncaught' as const, 'unsafe' as const),
    exitCode: fc.integer({ min: 0, max: 0xffff }),
    report: wellFormed,
  }),
);

export const supervisorMessage: fc.Arbitrary<SupervisorMessage> = fc.oneof(
  record({ type: fc.constant('answer' as const), id: u32, value: wireValue }),
  record({
    type: fc.constant('failure' as const),
    id: u32,
    exception: fc.constantFrom(...(Object.keys(repyExceptions) as RepyExceptionName[])),
    message: wellFormed,
  }),
  record({ type: fc.constant('notice' as const), kind: wellFormed, value: wireValue }),
  record({
    type: fc.constant('program' as const),
    language: fc.constantFrom('javascript' as const, 'typescript' as const, 'python' as const),
    name: wellFormed,
    source: fc.uint8Array({ maxLength: 500 }),
    args: fc.array(wellFormed, { maxLength: 4 }),
    startedAt: seconds,
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    events: fc.nat(),
    memory: fc.maxSafeNat(),
  }),
);
