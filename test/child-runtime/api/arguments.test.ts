import t from 'tap';
import { checkArguments } from '../../../child-runtime/api/arguments.js';
import { type ApiValue, Foreign, HandleReference } from '../../../child-runtime/api/values.js';
import { type ApiName, apiCall } from '../../../protocol/api.js';
import { RepyError } from '../../../protocol/exceptions.js';
import { WireFloat } from '../../../protocol/values.js';

const file = new HandleReference('file', 3);

/** RepyV2's own messages, as observed. */
const refused: ReadonlyArray<readonly [ApiName, readonly ApiValue[], string]> = [
  ['openfile', ['b.txt', 1], "Invalid type <type 'int'>"],
  ['openfile', ['b.txt', null], "Invalid type <type 'NoneType'>"],
  ['openfile', [3, true], "Invalid type <type 'int'>"],
  ['openfile', ['a'.repeat(121), true], 'Max string length is 120'],
  ['openfile', ['a'], "Function 'emulated_open' takes 2 arguments, not 1 as you provided."],
  ['openfile', ['a', true, true], "Function 'emulated_open' takes 2 arguments, not 3 as you provided."],
  ['removefile', [5], "Invalid type <type 'int'>"],
  ['listfiles', [1], "Function 'listfiles' takes 0 arguments, not 1 as you provided."],
  ['getresources', [1], "Function 'get_resources' takes 0 arguments, not 1 as you provided."],
  ['file.readat', [file, -1, 0], 'Negative sizelimit specified!'],
  ['file.readat', [file, 1, -1], 'Min value is 0.'],
  ['file.readat', [file, -1, -1], 'Min value is 0.'],
  ['file.readat', [file, false, 0], "Invalid type <type 'bool'>"],
  ['file.readat', [file, new WireFloat(1.5), 0], "Invalid type <type 'float'>"],
  ['file.readat', [file, 1, null], "Invalid type <type 'NoneType'>"],
  ['file.readat', [file, 1], "Function 'readat' takes 2 arguments, not 1 as you provided."],
  ['file.readat', [file, 1, 0, 0], "Function 'readat' takes 2 arguments, not 3 as you provided."],
  ['file.writeat', [file, null, 0], "Invalid type <type 'NoneType'>"],
  ['file.writeat', [file, 'x', '0'], "Invalid type <type 'str'>"],
  ['file.close', [file, 1], "Function 'close' takes 0 arguments, not 1 as you provided."],
  ['file.close', [new HandleReference('socket', 1)], "Invalid type <type 'instance'>"],
  ['file.close', [new Foreign('Object')], "Invalid type <type 'Object'>"],
  ['sleep', [-1], 'Must be non-negative.'],
  ['sleep', [new WireFloat(Number.NaN)], 'Must be non-negative.'],
  ['sleep', ['1'], "Invalid type <type 'str'>"],
  ['sleep', [true], "Invalid type <type 'bool'>"],
  ['exitall', [1], "Function 'exitall' takes 0 arguments, not 1 as you provided."],
];

t.test("wrong arguments are refused with RepyV2's messages", async (t) => {
  for (const [name, args, message] of refused) {
    t.throws(
      () => checkArguments(apiCall(name), args),
      new RepyError('RepyArgumentError', message),
      `${name}: ${message}`,
    );
  }
});

t.test('right arguments come out as they are sent', async (t) => {
  t.same(checkArguments(apiCall('file.readat'), [file, null, 0]), [3, null, 0]);
  t.same(checkArguments(apiCall('file.readat'), [file, 0, 5]), [3, 0, 5]);
  t.same(checkArguments(apiCall('openfile'), ['a'.repeat(120), false]), ['a'.repeat(120), false]);
  t.same(checkArguments(apiCall('file.writeat'), [file, new Uint8Array(2), 0]), [3, new Uint8Array(2), 0]);
  t.same(checkArguments(apiCall('log'), []), []);
  t.same(checkArguments(apiCall('log'), ['a', 'b']), ['a', 'b']);
});
