/** The programs that ask what probe_api.txt asks: one for each section, one for each call that ends RepyV2's process. */

export interface Probe {
  /** As the recording shows it: lines separated by ` ; `, with `!` in front when the last one is no expression. */
  readonly code: string;
  readonly recorded: string;
}

export interface Section {
  readonly title: string;
  readonly probes: readonly Probe[];
}

export function sections(text: string): Section[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const probes: { code: string; recorded: string }[] = [];
      for (const line of lines) {
        const parts = /^(.*?) +=> (.*)$/.exec(line);
        if (parts !== null) probes.push({ code: parts[1]!, recorded: parts[2]! });
        else if (line !== '') probes[probes.length - 1]!.recorded += `\n${line}`;
      }
      return { title, probes };
    });
}

const given = `def nothing():
  pass
def one(a):
  pass
class C:
  def m(self):
    pass
class N(object):
  def m(self):
    pass
def poll(f, arg):
  for i in xrange(100):
    try:
      if arg is None:
        return f()
      return f(arg)
    except SocketWouldBlockError:
      sleep(0.05)
`;

const mark = '@@@@';

/** The code's lines; the last one gives the value. */
function lines(code: string): string[] {
  return code.replace(/^!/, '').split(' ; ');
}

/** Everything is at module level, where its frames were when it was recorded. */
function asking({ code }: Probe, index: number): string {
  const all = lines(code);
  const last = all.pop()!;
  const isStatement = code.startsWith('!');
  const body = [...all, isStatement ? last : `result = (${last})`];
  return [
    `log("\\n${mark}${index}\\n")`,
    'try:',
    ...body.map((line) => `  ${line}`),
    isStatement ? '  log("ok")' : '  log("value", repr(result))',
    'except Exception, e:',
    '  log("raises", str(type(e)), str(e))',
  ].join('\n');
}

export const endsRepyV2 = ({ recorded }: Probe): boolean => recorded.startsWith('PROCESS ENDS');

export function sectionProgram({ probes }: Section): string {
  return `${given}${probes
    .filter((probe) => !endsRepyV2(probe))
    .map(asking)
    .join('\n')}\n`;
}

/** The section's answers, in the order of its probes. */
export function answers(output: string): string[] {
  return output
    .split(new RegExp(`\\n${mark}\\d+\\n`))
    .slice(1)
    .map((text) => text.trim());
}

export function endingProgram({ code }: Probe): string {
  return `${given}${lines(code).join('\n')}\nsleep(0.5)\n`;
}
