/** The operators - & | ^ of sets and of views of dicts. */
import {
  type AnySet,
  isSet,
  setBecome,
  setCopy,
  setDifference,
  setDifferenceUpdate,
  setIntersection,
  setSymmetricDifference,
  setSymmetricUpdate,
  setUpdate,
} from '../containers/set.js';
import { isSetLikeView } from '../containers/views.js';
import { PySet, type Value } from '../values.js';

export type SetOperator = '-' | '&' | '|' | '^';

/** a OP b; undefined unless both are sets, or one is a view. */
export function combineSets(operator: SetOperator, a: Value, b: Value): Value | undefined {
  if (isSet(a) && isSet(b)) return combine(operator, a, b);
  if (isSetLikeView(a) || isSetLikeView(b)) {
    const result = new PySet();
    setUpdate(result, a);
    update(operator, result, b);
    return result;
  }
  return undefined;
}

function combine(operator: SetOperator, a: AnySet, b: AnySet): AnySet {
  switch (operator) {
    case '-':
      return setDifference(a, b);
    case '&':
      return setIntersection(a, b);
    case '|': {
      const union = setCopy(a);
      if (a !== b) setUpdate(union, b);
      return union;
    }
    case '^':
      return setSymmetricDifference(a, b);
  }
}

/** Changes a set by any iterable, as the methods `difference_update`, ... do. */
export function update(operator: SetOperator, set: AnySet, other: Value): void {
  switch (operator) {
    case '-':
      setDifferenceUpdate(set, other);
      return;
    case '&':
      setBecome(set, setIntersection(set, other));
      return;
    case '|':
      setUpdate(set, other);
      return;
    case '^':
      setSymmetricUpdate(set, other);
  }
}

/** a OP= b: in place for a set, a new object for a frozenset or view. */
export function updateSet(operator: SetOperator, a: Value, b: Value): Value | undefined {
  if (!(a instanceof PySet) || !isSet(b)) return combineSets(operator, a, b);
  update(operator, a, b);
  return a;
}
