import '../support/untapped.js';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import t from 'tap';

const command = fileURLToPath(new URL('../../child-runtime/check.js', import.meta.url));

async function run(
  args: readonly string[],
  input: string,
): Promise<{ code: number | undefined; out: string; err: string }> {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [command, ...args], { input, reject: false });
  return { code: exitCode, out: stdout, err: stderr };
}

t.test('a program that may run: exit 0', async (t) => {
  t.same(await run(['javascript', 'a.js'], 'log(1)'), { code: 0, out: '{"safe":true}', err: '' });
  t.same(await run(['typescript', 'a.ts'], 'const a: number = 1'), { code: 0, out: '{"safe":true}', err: '' });
});

t.test('a program that may not: exit 5 and the report', async (t) => {
  const { code, out } = await run(['javascript', 'a.js'], '\nprocess.exit()');
  t.equal(code, 5);
  t.same(JSON.parse(out), { safe: false, report: "Unsafe name 'process' in line 2" });
});

t.test('an unknown language: exit 1', async (t) => {
  for (const language of ['cobol', '', '__proto__']) {
    const { code, out, err } = await run([language, 'a'], '');
    t.equal(code, 1);
    t.equal(out, '');
    t.match(err, /no checker/);
  }
});
