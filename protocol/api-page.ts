/** The documentation page of the API, from the API table. */
import { type ApiArgument, type ApiCall, type ApiCost, type ArgumentShape, apiCalls, type ResultShape } from './api.js';
import { apiWords } from './api-words.js';
import { type RepyExceptionName, repyExceptions } from './exceptions.js';

export function apiDocuments(): Readonly<Record<string, string>> {
  return { 'api.md': page() };
}

/** The calls by what they are about, in the page's order. */
const chapters: readonly (readonly [title: string, matches: (name: string) => boolean])[] = [
  ['Files', (name) => /^(openfile|file\.|listfiles|removefile)/.test(name)],
  ['Network', (name) => /^(gethost|getmyip|sendmessage|listenfor|openconnection|udp-|tcp-|socket\.)/.test(name)],
  ['Threads and locks', (name) => /^(createlock|lock\.|createthread|getthreadname|sleep|exitall)/.test(name)],
  ['The rest', () => true],
];

function page(): string {
  const left = new Set<ApiCall>(apiCalls);
  const parts = chapters.map(([title, matches]) => {
    const calls = [...left].filter(({ name }) => matches(name));
    for (const call of calls) left.delete(call);
    return `## ${title}\n\n${calls.map(section).join('\n')}`;
  });
  return `# The API

Generated from \`protocol/api.ts\`. The functions and methods that a program has, under RepyV2's names, with RepyV2's checks, costs and
exceptions. In a Python program each returns its result. In a JavaScript or TypeScript program those marked *waits* return a promise
of it, and \`repyard/guest\` declares them for editors (\`/// <reference types="repyard/guest" />\`); bytes are strings of the characters
U+0000 to U+00FF, arguments may be a \`Uint8Array\` as well; those marked *Python* are for Python programs alone.

Arguments are checked in order: how many, the type of each, then what the call itself asks for. A wrong one raises
\`RepyArgumentError\`. A cost is charged to a rate; who is over its limit waits until that has drained. \`netsend/loopsend\`: the
second for loopback addresses.

${parts.join('\n')}
## Exceptions

${exceptionLines('Exception', 0).join('\n')}
`;
}

function section(call: ApiCall): string {
  const marks = [call.waits ? 'waits' : '', call.only === 'python' ? 'Python' : ''].filter((mark) => mark !== '');
  const lines = [
    `### \`${signature(call)}\`${marks.length > 0 ? ` *${marks.join(', ')}*` : ''}`,
    '',
    apiWords[call.name as keyof typeof apiWords],
    '',
    ...call.arguments.filter(({ name }) => name !== 'self').map(argumentLine),
    `- returns ${resultWords(call)}`,
  ];
  if (call.errors.length > 0) lines.push(`- raises, in this order of checks: ${call.errors.map(code).join(', ')}`);
  for (const cost of call.costs) lines.push(`- costs ${costWords(cost)}`);
  return `${lines.join('\n')}\n`;
}

function signature({ name, arguments: given, rest }: ApiCall): string {
  const names = given.map((argument) => argument.name).filter((each) => each !== 'self');
  return `${name}(${[...names, ...(rest === undefined ? [] : ['...items'])].join(', ')})`;
}

const argumentLine = ({ name, shape }: ApiArgument): string => `- \`${name}\`: ${shapeWords(shape)}`;

function shapeWords(shape: ArgumentShape): string {
  switch (shape.kind) {
    case 'bytes':
      return shape.maxLength === undefined ? 'bytes' : `bytes, at most ${shape.maxLength}`;
    case 'int':
      return `a whole number${rangeWords(shape.min, shape.max)}`;
    case 'number':
      return `a number${rangeWords(shape.min)}`;
    case 'bool':
      return 'true or false';
    case 'none-or':
      return `${shapeWords(shape.shape)}, or none`;
    case 'handle':
      return shape.of;
    case 'local':
      return 'a function, or a dict of names';
  }
}

const rangeWords = (min?: number, max?: number): string =>
  (min === undefined ? '' : ` from ${min} on`) + (max === undefined ? '' : ` up to ${max}`);

const results: Readonly<Record<Exclude<ResultShape, 'handle'>, string>> = {
  none: 'nothing',
  bool: 'true or false',
  int: 'a whole number',
  float: 'a number',
  bytes: 'bytes',
  'list-of-bytes': 'a list of bytes',
  datagram: '(remote IP, remote port, message)',
  connection: '(remote IP, remote port, socket)',
  resources: '(limits, usage, stop times)',
  local: 'a value of the program',
};

const resultWords = ({ result, handle }: ApiCall): string => (result === 'handle' ? `a ${handle}` : results[result]);

const whenWords = { before: 'beforehand', after: 'afterwards', 'on success': 'when it succeeds' } as const;

function costWords({ resource, amount, when }: ApiCost): string {
  return typeof amount === 'number' || amount.startsWith('one')
    ? `${amount} \`${resource}\`, ${whenWords[when]}`
    : `\`${resource}\` ${amount}, ${whenWords[when]}`;
}

const code = (text: string): string => `\`${text}\``;

function exceptionLines(parent: string, depth: number): string[] {
  const names = (Object.keys(repyExceptions) as RepyExceptionName[]).filter(
    (name) => repyExceptions[name].parent === parent,
  );
  return names.flatMap((name) => {
    const hidden = repyExceptions[name].exported ? '' : ' (not a name that programs have)';
    return [`${'  '.repeat(depth)}- \`${name}\`${hidden}`, ...exceptionLines(name, depth + 1)];
  });
}
