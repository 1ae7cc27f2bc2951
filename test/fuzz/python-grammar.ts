/**
 * fast-check generators of programs in RepyV2's Python dialect, for the parser and the compiler. Names and literals are chosen to hurt a
 * compiler to JavaScript: reserved words, properties that every object has, names of globals, chars that end a template or a comment.
 */
import fc from 'fast-check';

type Gen = fc.Arbitrary<string>;
/** A statement as its lines, without indentation of its own. */
type Lines = fc.Arbitrary<readonly string[]>;

const words = (list: string): string[] => list.split(' ');

const plainNames = words('a b c x y self i log str len range None True');
const nastyNames = words(
  'constructor prototype toString valueOf hasOwnProperty then length name caller callee apply ' +
    'this arguments eval globalThis process require module exports Function Object Array Proxy ' +
    'var let const new function typeof void null undefined NaN Infinity async await static ' +
    'case switch default throw catch delete enum super extends export instanceof do T tick',
);
/** RepyV2 looks at no parameter's name. */
const parameterOnly = ['__proto__', '__defineGetter__', 'func_code', 'encode'];

const name: Gen = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...plainNames) },
  { weight: 2, arbitrary: fc.constantFrom(...nastyNames) },
);
const target: Gen = name.filter((text) => text !== 'None');
const parameter: Gen = fc.oneof(
  { weight: 9, arbitrary: target },
  { weight: 1, arbitrary: fc.constantFrom(...parameterOnly) },
);

const number: Gen = fc.oneof(
  fc.nat(10).map(String),
  fc.constantFrom(
    ...words(
      '9007199254740991 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551616L 0x7fffffff',
    ),
    ...words('0777 0L 10L 0b101 1.0 0.5 1e16 1e400 1e-7 2. .5 3j'),
  ),
);

/** Chars that end a JavaScript string, template, or comment, or that a compiler may use as marks of its own. */
const pieces = [...words('a 0 ` $ { } " \\\' \\\\ \\n \\x00 \\x01 \\x02 \\x06 */ // <!-- \\377 \xff %s'), ' '];
const text: Gen = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => `'${parts.join('')}'`),
  fc.constantFrom("r'\\d'", "'''a\nb'''", '"a" "b"', "b'z'", '"__class__"', "''"),
);

const binary = ['+', '-', '*', '/', '//', '%', '<<', '>>', '&', '|', '^', '**'];
const comparison = ['<', '>', '==', '>=', '<=', '<>', '!=', 'in', 'not in', 'is', 'is not'];

interface Expressions {
  /** Binds tightest: can stand anywhere. */
  readonly atom: string;
  /** What may be an operand of `|` and above. */
  readonly operand: string;
  readonly test: string;
}

const list = (item: Gen, maxLength = 3): Gen => fc.array(item, { maxLength }).map((items) => items.join(', '));

const expressions = fc.letrec<Expressions>((tie: fc.LetrecTypedTie<Expressions>) => {
  const leaf = fc.oneof(name, number, text);
  const { atom, operand, test } = { atom: tie('atom'), operand: tie('operand'), test: tie('test') };
  const argument = fc.oneof(
    test,
    fc.tuple(target, test).map(([key, value]) => `${key}=${value}`),
  );
  const slice = fc.oneof(
    test,
    fc.tuple(fc.option(test, { nil: '' }), fc.option(test, { nil: '' })).map(([from, to]) => `${from}:${to}`),
    test.map((step) => `::${step}`),
    fc.constantFrom('...', ':', '::'),
  );
  return {
    atom: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'python' },
      { weight: 4, arbitrary: leaf },
      { weight: 2, arbitrary: test.map((inner) => `(${inner})`) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(atom, fc.array(argument, { maxLength: 3 }))
          .map(([f, args]) => `${callee(f)}(${ordered(args)})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(atom, list(test, 2), test)
          .map(([f, args, rest]) => `${callee(f)}(${args === '' ? '' : `${args}, `}*${rest})`),
      },
      { weight: 1, arbitrary: fc.tuple(atom, test).map(([f, rest]) => `${callee(f)}(**${rest})`) },
      { weight: 2, arbitrary: fc.tuple(atom, target).map(([object, attribute]) => `${callee(object)}.${attribute}`) },
      { weight: 2, arbitrary: fc.tuple(atom, slice).map(([object, index]) => `${callee(object)}[${index}]`) },
      {
        weight: 1,
        arbitrary: fc.tuple(atom, slice, slice).map(([object, one, two]) => `${callee(object)}[${one}, ${two}]`),
      },
      { weight: 1, arbitrary: list(test).map((items) => `[${items}]`) },
      {
        weight: 1,
        arbitrary: fc
          .array(test, { maxLength: 3 })
          .map((items) => (items.length === 0 ? '()' : `(${items.join(', ')},)`)),
      },
      {
        weight: 1,
        arbitrary: list(fc.tuple(test, test).map(([key, value]) => `${key}: ${value}`)).map((items) => `{${items}}`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(test, target, operand, fc.option(operand))
          .map(
            ([item, variable, source, condition]) =>
              `[${item} for ${variable} in ${source}${condition === null ? '' : ` if ${condition}`}]`,
          ),
      },
    ),
    operand: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'python' },
      { weight: 3, arbitrary: atom },
      {
        weight: 2,
        arbitrary: fc
          .tuple(operand, fc.constantFrom(...binary), operand)
          .map(([left, op, right]) => `${left} ${op} ${right}`),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom('-', '+', '~'), operand).map(([op, value]) => `${op}${value}`) },
    ),
    test: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'python' },
      { weight: 3, arbitrary: operand },
      {
        weight: 1,
        arbitrary: fc
          .tuple(test, fc.constantFrom('and', 'or'), test)
          .map(([left, op, right]) => `${left} ${op} ${right}`),
      },
      { weight: 1, arbitrary: test.map((value) => `not ${value}`) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(operand, fc.array(fc.tuple(fc.constantFrom(...comparison), operand), { minLength: 1, maxLength: 2 }))
          .map(([left, rest]) => left + rest.map(([op, right]) => ` ${op} ${right}`).join('')),
      },
    ),
  };
});

/** A number can't be followed by a dot or a name at once. */
const callee = (atom: string): string => (/^[\d.]/.test(atom) ? `(${atom})` : atom);

/** Positional arguments first, no keyword twice: the rest is refused. */
function ordered(args: readonly string[]): string {
  const keyword = /^(\w+)=(?!=)/;
  const keys = new Set<string>();
  const named = args.filter((arg) => {
    const key = keyword.exec(arg)?.[1];
    if (key === undefined || keys.has(key)) return false;
    keys.add(key);
    return true;
  });
  return [...args.filter((arg) => !keyword.test(arg)), ...named].join(', ');
}

/** An expression of the dialect (`test` in the grammar). */
export const pythonExpression: Gen = expressions.test;

interface Context {
  readonly loop: boolean;
  readonly function: boolean;
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const { atom, operand, test } = expressions;

const place: Gen = fc.oneof(
  { weight: 5, arbitrary: target },
  { weight: 1, arbitrary: fc.tuple(target, target).map(([object, attribute]) => `${object}.${attribute}`) },
  { weight: 1, arbitrary: fc.tuple(target, operand).map(([object, index]) => `${object}[${index}]`) },
  { weight: 1, arbitrary: fc.tuple(target, operand).map(([object, index]) => `${object}[${index}:]`) },
);
const places: Gen = fc.oneof(
  { weight: 4, arbitrary: place },
  { weight: 1, arbitrary: fc.tuple(place, place).map(([one, two]) => `${one}, ${two}`) },
  { weight: 1, arbitrary: fc.tuple(place, place, place).map(([one, two, three]) => `[${one}, (${two}, ${three})]`) },
);

const parameters: Gen = fc
  .tuple(fc.uniqueArray(parameter, { maxLength: 5 }), fc.array(operand, { maxLength: 2 }), fc.nat(3), fc.boolean())
  .map(([names, defaults, stars, nested]) => {
    const rest = names.slice();
    const kwarg = (stars & 2) !== 0 ? rest.pop() : undefined;
    const vararg = (stars & 1) !== 0 ? rest.pop() : undefined;
    const pair = nested && rest.length >= 2 ? `(${rest.shift()}, ${rest.shift()})` : undefined;
    const plain = pair === undefined ? rest : [pair, ...rest];
    const first = Math.max(0, plain.length - defaults.length);
    const positional = plain.map((item, index) => (index >= first ? `${item}=${defaults[index - first]}` : item));
    if (vararg !== undefined) positional.push(`*${vararg}`);
    if (kwarg !== undefined) positional.push(`**${kwarg}`);
    return positional.join(', ');
  });

function simple(context: Context): Lines {
  const one: Gen[] = [
    test,
    fc.tuple(places, test).map(([to, value]) => `${to} = ${value}`),
    fc.tuple(places, places, test).map(([one, two, value]) => `${one} = ${two} = ${value}`),
    fc.tuple(place, fc.constantFrom(...binary), test).map(([to, op, value]) => `${to} ${op}= ${value}`),
    place.map((to) => `del ${to}`),
    fc.constantFrom('pass', 'raise'),
    fc.tuple(atom, fc.option(operand)).map(([type, value]) => `raise ${type}${value === null ? '' : `, ${value}`}`),
    fc
      .tuple(test, fc.option(test))
      .map(([condition, message]) => `assert ${condition}${message === null ? '' : `, ${message}`}`),
  ];
  if (context.loop) one.push(fc.constantFrom('break', 'continue'));
  if (context.function) one.push(fc.option(test, { nil: '' }).map((value) => `return ${value}`));
  return fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...one).map((line) => [line]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.oneof(...one), { minLength: 2, maxLength: 3 }).map((lines) => [lines.join('; ')]),
    },
    { weight: 1, arbitrary: fc.constantFrom(['# comment */ `'], ['']).map((line) => [...line, 'pass']) },
  );
}

const contexts: readonly Context[] = [
  { loop: false, function: false },
  { loop: true, function: false },
  { loop: false, function: true },
  { loop: true, function: true },
];
const contextIndex = (context: Context): number => Number(context.loop) + 2 * Number(context.function);

/** Suites for each context; `finally` has no `continue`, which Python refuses there. */
const suites = fc.letrec<Record<`suite${number}`, readonly string[]>>((tie) => {
  const suiteOf = (context: Context): Lines => tie(`suite${contextIndex(context)}`) as Lines;
  const build = (context: Context): Lines => {
    const inside = suiteOf(context);
    const loop = suiteOf({ ...context, loop: true });
    const noLoop = suiteOf({ ...context, loop: false });
    const body = suiteOf({ loop: false, function: true });
    const classBody = suiteOf({ loop: false, function: false });
    const optional = (suite: Lines, head: string): Lines =>
      fc.option(suite, { nil: undefined }).map((lines) => (lines ? [head, ...indent(lines)] : []));
    const compound: Lines = fc.oneof(
      fc
        .tuple(test, inside, test, fc.option(inside), optional(inside, 'else:'))
        .map(([condition, then, other, elif, otherwise]) => [
          `if ${condition}:`,
          ...indent(then),
          ...(elif === null ? [] : [`elif ${other}:`, ...indent(elif)]),
          ...otherwise,
        ]),
      fc
        .tuple(test, loop, optional(inside, 'else:'))
        .map(([condition, lines, otherwise]) => [`while ${condition}:`, ...indent(lines), ...otherwise]),
      fc
        .tuple(places, test, loop, optional(inside, 'else:'))
        .map(([to, from, lines, otherwise]) => [`for ${to} in ${from}:`, ...indent(lines), ...otherwise]),
      fc
        .tuple(inside, atom, fc.option(place), inside, optional(inside, 'else:'))
        .map(([lines, type, variable, handler, otherwise]) => [
          'try:',
          ...indent(lines),
          `except ${type}${variable === null ? '' : `, ${variable}`}:`,
          ...indent(handler),
          ...otherwise,
        ]),
      fc
        .tuple(inside, inside, noLoop)
        .map(([lines, handler, last]) => [
          'try:',
          ...indent(lines),
          'except:',
          ...indent(handler),
          'finally:',
          ...indent(last),
        ]),
      fc.tuple(inside, noLoop).map(([lines, last]) => ['try:', ...indent(lines), 'finally:', ...indent(last)]),
      fc.tuple(target, parameters, body).map(([id, args, lines]) => [`def ${id}(${args}):`, ...indent(lines)]),
      fc
        .tuple(target, list(atom, 2), classBody)
        .map(([id, bases, lines]) => [`class ${id}${bases === '' ? '' : `(${bases})`}:`, ...indent(lines)]),
    );
    const statement: Lines = fc.oneof(
      { maxDepth: 3, depthIdentifier: 'suite' },
      { weight: 4, arbitrary: simple(context) },
      { weight: 2, arbitrary: compound },
    );
    return fc.array(statement, { minLength: 1, maxLength: 4 }).map((statements) => statements.flat());
  };
  return Object.fromEntries(contexts.map((context) => [`suite${contextIndex(context)}`, build(context)])) as Record<
    `suite${number}`,
    Lines
  >;
});

/**
 * Programs that the grammar and the safety check accept. `checkCompileStage` may still refuse one (`del` of a variable that an inner
 * function uses); loops may not end, and most statements raise.
 */
export const pythonProgram: Gen = (suites.suite0 as Lines).map((lines) => `${lines.join('\n')}\n`);

const spare = [
  ...words(
    'if else elif for in while def class lambda not and is print exec import with yield global __a 0x 1e 09 u"x"',
  ),
  ...words("( ) [ ] { } , : = += ** // ` @ . ... ; $ \\ ' \" # ''' \x0c \r \xff"),
  ...['\n', '\n  ', '\n\t', '\\\n', ' if x else y', ' for x in y'],
];

/** Programs with a few tokens put in, left out, or doubled: mostly refused, some in surprising places. */
export const brokenPythonProgram: Gen = fc
  .tuple(
    pythonProgram,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('insert', 'delete', 'double'), fc.constantFrom(...spare)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([program, edits]) => {
    const tokens = program.match(/\w+|\s+|[^\w\s]/g) ?? [];
    for (const [position, action, token] of edits) {
      const at = position % (tokens.length + 1);
      if (action === 'insert') tokens.splice(at, 0, token);
      else if (action === 'delete') tokens.splice(at, 1);
      else tokens.splice(at, 0, ...tokens.slice(Math.max(0, at - 3), at));
    }
    return tokens.join('');
  });

/** Tokens in any order: finds what no program looks like. */
export const pythonTokens: Gen = fc
  .array(fc.oneof(fc.constantFrom(...spare), name, number, text, fc.constant(' ')), { maxLength: 40 })
  .map((tokens) => tokens.join(''));
