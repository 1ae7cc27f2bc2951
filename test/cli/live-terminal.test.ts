import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import t from 'tap';
import { Screen } from './screen.js';

const script = fileURLToPath(new URL('./fake-yard.js', import.meta.url));

/** The end of each frame that the table draws. */
const clearBelow = '\u001b[J';

interface Shown {
  readonly code: number;
  readonly raw: string;
  readonly screen: Screen;
  /** The screen at some moment while programs ran. */
  readonly during: readonly string[];
}

/** Runs a yard of so many programs in a pseudo-terminal of this size. */
async function shown(directory: string, copies: number, cols: number, rows: number): Promise<Shown> {
  const yard = join(directory, 'yard.json');
  writeFileSync(join(directory, 'p.js'), '');
  const restrictions = { resources: { cpu: 1, memory: 15000000, diskused: 1000, events: 1, lograte: 10 } };
  writeFileSync(yard, JSON.stringify({ programs: [{ name: 'p', program: 'p.js', restrictions, copies }] }));
  const screen = new Screen(cols);
  let raw = '';
  let during: readonly string[] = [];
  const terminal = spawn(process.execPath, [script, yard], { cols, rows, name: 'xterm', cwd: directory });
  const code = await new Promise<number>((resolve) => {
    terminal.onData((data) => {
      raw += data;
      screen.write(data);
      const frame = data.endsWith(clearBelow) && screen.cursorHidden;
      if (frame && screen.lines.some((line) => line.includes('running'))) during = [...screen.lines];
    });
    terminal.onExit(({ exitCode }) => resolve(exitCode));
  });
  return { code, raw, screen, during };
}

t.test('the table is redrawn in place, then the outcomes follow', async (t) => {
  const { code, raw, screen, during } = await shown(t.testdir(), 3, 100, 30);
  t.equal(code, 0);
  t.ok(raw.split(clearBelow).length > 3, 'several frames were drawn');
  t.match(during[0], /^3 programs: /);
  t.match(during[1], /^PROGRAM +STATE +CPU +MEMORY +DISK +LOG\/S +THROTTLED/);
  t.equal(during.filter((line) => line.startsWith('p-2 ')).length, 1, 'one line for each program');
  t.match(
    during.find((line) => line.startsWith('p-2 ')),
    /^p-2 .*200k\/15\.0M +0\/1\.0k +0\/10 +2\.0s$/,
  );
  const live = screen.lines.slice(0, 5);
  t.match(live[0], /^3 programs: 3 ended/);
  t.match(live[4], /^p-3 +exited/);
  t.equal(screen.lines.filter((line) => line.startsWith('p-1 ')).length, 2, 'once in each table');
  t.ok(screen.lines.includes('3 programs ended, each as expected'));
  t.equal(screen.cursorHidden, false, 'the cursor is given back');
});

t.test('a terminal too small: nothing wraps, nothing scrolls', async (t) => {
  const { code, during } = await shown(t.testdir(), 40, 40, 12);
  t.equal(code, 0);
  t.ok(during.length <= 12, `${during.length} lines on 12`);
  t.ok(during.every((line) => line.length < 40));
  t.match(during.at(-2), /^\.\.\. and 32 more$/);
});
