/** Programs in which few names are declared and used in every way that makes a scope. */
import fc from 'fast-check';

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const declared = name;

type Parts = {
  expression: string;
  pattern: string;
  statement: string;
  block: string;
  parameters: string;
  member: string;
};

const join = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(''));

const grammar = fc.letrec<Parts>((tie) => {
  const [expression, pattern, statement, block, parameters] = [
    tie('expression'),
    tie('pattern'),
    tie('statement'),
    tie('block'),
    tie('parameters'),
  ];
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'grammar' },
      name,
      join(name, '.a'),
      join('[', expression, ', ', expression, ']'),
      join('({', name, ', a: ', expression, ', [', expression, ']: 1})'),
      join('((', parameters, ') => ', expression, ')'),
      join('((', parameters, ') => {', block, '})'),
      // Names of the body that a default of a parameter must not see.
      join('(function (', declared, ' = ', name, ') {var ', declared, '; ', block, '})'),
      join('(function ', declared, '(', parameters, ') {', block, '})'),
      join('(function (', parameters, ') {', block, '})'),
      join('(async () => { for await (const ', pattern, ' of ', expression, ') {', block, '} })'),
      join('(class ', declared, ' extends ', declared, ' {', tie('member'), '})'),
      join('(class {', tie('member'), tie('member'), '})'),
      join('({a(', parameters, ') {', block, '}, get b() { return ', expression, '; }})'),
      join('(', declared, ' = ', expression, ')'),
      join('([', declared, ' = ', expression, ', ...', declared, '] = ', expression, ')'),
      join('({', declared, ', a: ', declared, ' = ', expression, '} = ', expression, ')'),
      join('`${', expression, '}`'),
      join(expression, ' ? ', expression, ' : ', expression),
      join('typeof ', name),
    ),
    pattern: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'grammar' },
      declared,
      join('{', declared, '}'),
      join('{', declared, ' = ', expression, '}'),
      join('{[', expression, ']: ', declared, '}'),
      join('[', declared, ' = ', expression, ']'),
      join('{...', declared, '}'),
    ),
    parameters: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'grammar' },
      fc.constant(''),
      pattern,
      join(declared, ' = ', expression),
    ),
    member: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'grammar' },
      join('a = ', expression, ';'),
      join('static b = ', expression, ';'),
      join('[', expression, '] = ', expression, ';'),
      join('static { ', block, ' }'),
      join('c(', parameters, ') {', block, '}'),
      join('#a = ', expression, ';'),
    ),
    statement: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'grammar' },
      join(expression, ';'),
      join('var ', pattern, ' = ', expression, ';'),
      join('let ', pattern, ' = ', expression, ';'),
      join('const ', declared, ' = ', expression, ';'),
      join('function ', declared, '(', parameters, ') {', block, '}'),
      join('class ', declared, ' {', tie('member'), '}'),
      join('{', block, '}'),
      join('if (', expression, ') {', block, '} else {', block, '}'),
      join('for (let ', pattern, ' of ', expression, ') {', block, '}'),
      join('for (var ', pattern, ' of ', expression, ') {', block, '}'),
      join('for (', declared, ' in ', expression, ') ', expression, ';'),
      join('for (let ', declared, ' = ', expression, '; ', expression, '; ', expression, ') {', block, '}'),
      join('try {', block, '} catch (', pattern, ') {', block, '} finally {', block, '}'),
      join('try {', block, '} catch {', block, '}'),
      join('switch (', expression, ') { case ', expression, ': ', statement, ' default: ', statement, ' }'),
      join(declared, ': for (;;) { break ', fc.constant('a'), '; }'),
    ),
    block: fc.array(statement, { maxLength: 2, depthIdentifier: 'grammar' }).map((parts) => parts.join(' ')),
  };
});

/** Mostly well-formed; a name declared twice makes a syntax error. */
export const scopedProgram: fc.Arbitrary<string> = fc
  .array(grammar.statement, { minLength: 1, maxLength: 2 })
  .map((parts) => parts.join('\n'));
