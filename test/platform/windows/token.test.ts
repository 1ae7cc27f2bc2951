/** The token that programs run under, and what is believed of it. */
import t from 'tap';
import { WindowsError } from '../../../supervisor/platform/windows/errors.js';
import { sidBytes, sidText } from '../../../supervisor/platform/windows/sid.js';
import { makePoorToken, ownUser } from '../../../supervisor/platform/windows/token.js';
import { FakeWindows } from './fake-windows.js';

const administrators = 'S-1-5-32-544';
const users = 'S-1-5-32-545';
const everyone = 'S-1-1-0';
const logOn = 'S-1-5-5-0-12345';
const domain = 'S-1-5-21-1-2-3-513';

function stage(): FakeWindows {
  const windows = new FakeWindows();
  const enabled = 0x7;
  for (const sid of [administrators, users, everyone, domain]) windows.groups.push({ sid, attributes: enabled });
  windows.groups.push({ sid: logOn, attributes: 0xc0000007 | 0 });
  for (const group of windows.groups) group.attributes >>>= 0;
  return windows;
}

t.test('low integrity, and rights of the fewest groups', async (t) => {
  const windows = stage();
  const { handle, lack } = makePoorToken(windows.win32);
  t.equal(lack, undefined);
  t.equal(windows.integrity, 'S-1-16-4096');
  const denied = windows.groups.filter(({ attributes }) => attributes === 0x10).map(({ sid }) => sid);
  t.same(denied, [administrators, domain], 'administrators and the domain only refuse');
  windows.win32.CloseHandle(handle);
  t.same(windows.leaks(), [], 'our own token is closed again');
});

t.test('a Windows that only says so is not believed', async (t) => {
  const windows = stage();
  windows.tokens = 'ignores';
  t.match(makePoorToken(windows.win32).lack, /reads back as S-1-16-8192, 2 groups are not for refusal only/);
});

t.test('one that refuses gives no token', async (t) => {
  const windows = stage();
  windows.tokens = 'refuses';
  t.throws(
    () => makePoorToken(windows.win32),
    new WindowsError('CreateRestrictedToken', 5, 'making the token that programs run under'),
  );
  t.same(windows.leaks(), []);
});

t.test('identifiers as bytes', async (t) => {
  const bytes = Buffer.from('010100000000001000100000', 'hex');
  t.same(sidBytes('S-1-16-4096'), bytes);
  const read = (address: bigint, count: number) => bytes.subarray(Number(address), Number(address) + count);
  t.equal(sidText({ copyFrom: read }, 0n), 'S-1-16-4096');
  t.throws(() => sidBytes('S-1-x'), TypeError);
  t.throws(() => sidBytes('1-2'), TypeError);
  const windows = stage();
  t.equal(ownUser(windows.win32), windows.user);
});
