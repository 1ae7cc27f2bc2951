/** What a hostile program logs reaches an operator's terminal without what steers terminals, and everything else unchanged. */
import '../support/untapped.js';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { execa } from 'execa';
import t from 'tap';
import { terminalFilter } from '../../supervisor/cli/terminal-text.js';
import { lacks } from '../launch/support.js';

const command = fileURLToPath(new URL('../../../bin/repyard.js', import.meta.url));
const restrictions =
  'resource cpu 1\nresource memory 15000000\nresource diskused 100000\nresource events 1\nresource lograte 10000\n';
/** Clears the screen, retitles the window, fills the clipboard, asks the terminal for an answer, turns the writing direction. */
const program = `log('a\\x1b[2J\\x1b]0;title\\x07\\x1b]52;c;eA==\\x07\\x1b[6n\\x9b5n\\u202eb\\tc\\n\\u00e4');`;

t.test('at a terminal', { skip: lacks }, async (t) => {
  const directory = t.testdir({ 'p.js': program, limits: restrictions });
  const terminal = spawn(process.execPath, [command, 'run', 'limits', 'p.js'], { cwd: directory, cols: 200, rows: 30 });
  let shown = '';
  terminal.onData((data) => {
    shown += data;
  });
  const { exitCode } = await new Promise<{ exitCode: number }>((resolve) => terminal.onExit(resolve));
  t.equal(exitCode, 0);
  for (const steering of ['\u001b', '\u0007', '\u009b', '\u202e']) t.notOk(shown.includes(steering));
  t.match(shown, /^a<U\+001B>\[2J<U\+001B>\]0;title<U\+0007>/);
  t.match(shown, /<U\+202E>b +c|<U\+202E>b\tc/, 'tabs and lines stay');
  t.match(shown, /\nä/, 'and so do characters');
});

t.test('in a pipe', { skip: lacks }, async (t) => {
  const directory = t.testdir({ 'p.js': program, limits: restrictions });
  const { stdout } = await execa(process.execPath, [command, 'run', 'limits', 'p.js'], {
    cwd: directory,
    encoding: 'buffer',
  });
  t.equal(Buffer.from(stdout).toString(), 'a\x1b[2J\x1b]0;title\x07\x1b]52;c;eA==\x07\x1b[6n\x9b5n\u202eb\tc\n\u00e4');
});

t.test('a character in two pieces', async (t) => {
  const stream = Object.assign(new Writable(), { isTTY: true });
  const show = terminalFilter(stream)!;
  const text = Buffer.from('ä\u202eé\r\n');
  const pieces = Array.from(text, (byte) => Buffer.from(show(Uint8Array.of(byte))).toString());
  t.equal(pieces.join(''), 'ä<U+202E>é<U+000D>\n', 'a return that comes alone is shown');
  t.equal(Buffer.from(show(Buffer.from('x\r\n'))).toString(), 'x\n', 'one before a line feed is part of the line end');
  t.equal(terminalFilter(new Writable()), undefined);
});
