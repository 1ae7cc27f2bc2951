import t from 'tap';
import { isRepyExceptionName, repyExceptionAncestry } from '../../protocol/exceptions.js';

t.test('ancestry climbs to RepyException', (t) => {
  t.same(repyExceptionAncestry('FileNotFoundError'), ['FileNotFoundError', 'FileError', 'RepyException']);
  t.same(repyExceptionAncestry('InternalRepyError'), ['InternalRepyError'], 'internal errors are no RepyException');
  t.end();
});

t.test('names that JavaScript objects have anyway are no exceptions', (t) => {
  for (const name of ['__proto__', 'constructor', 'toString', '']) t.notOk(isRepyExceptionName(name), name);
  t.end();
});
