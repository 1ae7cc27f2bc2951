/**
 * The token that programs run under: our own, made poor. No privilege, low integrity (Windows refuses writing to what ordinary
 * processes own), and every group but those that reading the system's libraries takes is good only for refusing access.
 */
import { DISABLE_MAX_PRIVILEGE, SE_GROUP_INTEGRITY, SE_GROUP_LOGON_ID, TOKEN, TokenInformation } from './constants.js';
import { check } from './errors.js';
import { decode, encode, sizeOf } from './layout.js';
import { lowIntegrity, mayStay, sidBytes, sidText } from './sid.js';
import type { Handle, Win32 } from './win32.js';

export interface PoorToken {
  readonly handle: Handle;
  /** What of it doesn't read back, in words; undefined when all is there. */
  readonly lack: string | undefined;
}

/** Throws WindowsError when Windows refuses to make one. The caller closes the handle. */
export function makePoorToken(win32: Win32): PoorToken {
  const own = ownToken(win32);
  try {
    const deny = groupsOf(win32, own).filter(({ sid, attributes }) => !isKept(sid, attributes));
    const list = sidList(win32, deny);
    const made = Buffer.alloc(8);
    const done = win32.CreateRestrictedToken(own, DISABLE_MAX_PRIVILEGE, deny.length, list, 0, null, 0, null, made);
    check(win32, done, 'CreateRestrictedToken', 'making the token that programs run under');
    const handle = made.readBigUInt64LE();
    lower(win32, handle);
    return { handle, lack: lackOf(win32, handle, deny) };
  } finally {
    win32.CloseHandle(own);
  }
}

/** The SID of the user that we run as, as text. */
export function ownUser(win32: Win32): string {
  const own = ownToken(win32);
  try {
    const bytes = information(win32, own, TokenInformation.User);
    return sidText(win32, bytes.readBigUInt64LE(0));
  } finally {
    win32.CloseHandle(own);
  }
}

interface Group {
  readonly sid: string;
  readonly attributes: number;
}

const useForDenyOnly = 0x10;

function isKept(sid: string, attributes: number): boolean {
  return (
    (attributes & SE_GROUP_INTEGRITY) !== 0 ||
    ((attributes >>> 0) & SE_GROUP_LOGON_ID) >>> 0 === SE_GROUP_LOGON_ID ||
    mayStay.has(sid)
  );
}

function ownToken(win32: Win32): Handle {
  const opened = Buffer.alloc(8);
  const rights = TOKEN.DUPLICATE | TOKEN.QUERY | TOKEN.ASSIGN_PRIMARY | TOKEN.ADJUST_DEFAULT;
  const done = win32.OpenProcessToken(win32.GetCurrentProcess(), rights, opened);
  check(win32, done, 'OpenProcessToken', 'opening our own token');
  return opened.readBigUInt64LE();
}

function information(win32: Win32, token: Handle, number: number): Buffer {
  const needed = Buffer.alloc(4);
  win32.GetTokenInformation(token, number, null, 0, needed);
  const bytes = Buffer.alloc(needed.readUInt32LE());
  const done = win32.GetTokenInformation(token, number, bytes, bytes.length, needed);
  check(win32, done, 'GetTokenInformation', 'reading a token');
  return bytes;
}

/** TOKEN_GROUPS: a count, then SID_AND_ATTRIBUTES at a multiple of 8. */
function groupsOf(win32: Win32, token: Handle): Group[] {
  const bytes = information(win32, token, TokenInformation.Groups);
  const size = sizeOf('SID_AND_ATTRIBUTES');
  return Array.from({ length: bytes.readUInt32LE(0) }, (_, index) => {
    const at = 8 + index * size;
    const { Attributes } = decode('SID_AND_ATTRIBUTES', bytes, at);
    return { sid: sidText(win32, bytes.readBigUInt64LE(at)), attributes: Attributes };
  });
}

/** TOKEN_MANDATORY_LABEL, the identifier behind it. */
function lower(win32: Win32, token: Handle): void {
  const label = sidList(win32, [{ sid: lowIntegrity, attributes: SE_GROUP_INTEGRITY }]);
  const done = win32.SetTokenInformation(token, TokenInformation.IntegrityLevel, label, label.length);
  check(win32, done, 'SetTokenInformation', 'lowering the integrity of the token');
}

/** An array of SID_AND_ATTRIBUTES, and behind it the identifiers that it points to: one buffer, so that none can be collected before it. */
function sidList(win32: Win32, groups: readonly Group[]): Buffer {
  const each = sizeOf('SID_AND_ATTRIBUTES');
  const sids = groups.map(({ sid }) => sidBytes(sid));
  const list = Buffer.alloc(sids.reduce((sum, { length }) => sum + length, each * groups.length));
  const address = win32.addressOf(list);
  let end = each * groups.length;
  for (const [index, { attributes }] of groups.entries()) {
    encode('SID_AND_ATTRIBUTES', { Sid: address + BigInt(end), Attributes: attributes }).copy(list, index * each);
    end += sids[index]!.copy(list, end);
  }
  return list;
}

/** That Windows made it says nothing: Wine makes one that can do everything. */
function lackOf(win32: Win32, token: Handle, denied: readonly Group[]): string | undefined {
  const level = sidText(win32, information(win32, token, TokenInformation.IntegrityLevel).readBigUInt64LE(0));
  const lacks = level === lowIntegrity ? [] : [`its integrity level reads back as ${level}`];
  const now = new Map(groupsOf(win32, token).map(({ sid, attributes }) => [sid, attributes]));
  const useful = denied.filter(({ sid }) => ((now.get(sid) ?? useForDenyOnly) & useForDenyOnly) === 0);
  if (useful.length > 0) lacks.push(`${useful.length} groups are not for refusal only`);
  return lacks.length === 0 ? undefined : lacks.join(', ');
}
