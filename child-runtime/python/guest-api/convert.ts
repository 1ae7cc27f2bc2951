/** Python's values as the channel carries them, and back. */
import { Buffer } from 'node:buffer';
import { WireDict, WireFloat, WireText, type WireValue } from '../../../protocol/values.js';
import { type ApiValue, Foreign } from '../../api/values.js';
import { dictSet } from '../containers/dict.js';
import { setFrom } from '../containers/set.js';
import { typeName } from '../core/types.js';
import { makeFloat } from '../numbers/kinds.js';
import { PyDict, PyFloat, PyInt, PyList, PyLong, PySet, PyTuple, type Value } from '../values.js';
import { Handle } from './handle.js';

/** An argument of an API call. Longs count as ints, as RepyV2 takes them. */
export function toApi(value: Value): ApiValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? withinRange(value) : new WireFloat(value);
  if (value instanceof PyFloat) return new WireFloat(value.f);
  if (value instanceof PyLong) return withinRange(Number(value.v));
  if (value instanceof PyInt) return withinRange(Number(value.v));
  if (value instanceof Handle) return value.reference;
  return new Foreign(typeName(value));
}

/** What is beyond all sizes, offsets and counts stays so. */
const withinRange = (value: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));

export function fromWire(value: WireValue): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || typeof value === 'number')
    return value;
  if (value instanceof WireFloat) return makeFloat(value.value);
  if (value instanceof WireText) return Buffer.from(value.text, 'utf8').toString('latin1');
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
  if (value instanceof WireDict) {
    const dict = new PyDict();
    for (const [key, element] of value.entries) dictSet(dict, key, fromWire(element));
    return dict;
  }
  return new PyList(value.map(fromWire));
}

/** The resources of getresources(): limits, usage and stop times; the ports are sets there, as in RepyV2. */
export function resources(value: WireValue, events: number): Value {
  const [limits, usage, stops] = (fromWire(value) as PyList).a as [PyDict, PyDict, PyList];
  for (const dict of [limits, usage]) {
    for (const ports of ['messport', 'connport']) {
      const list = dict.m.get(ports);
      if (list instanceof PyList) dictSet(dict, ports, setFrom(new PySet(), list));
    }
  }
  // The threads of a program are its own process's: only it knows how many there are.
  if (usage.m.has('events')) dictSet(usage, 'events', events);
  stops.a = stops.a.map((stop) => (stop instanceof PyList ? new PyTuple(stop.a) : stop));
  return new PyTuple([limits, usage, stops]);
}
