import { actionsAt, type Extension, extensions } from './extensions.js';
import { allowedValues } from './limit-value.js';
import { policySchema, unlimited } from './policy-schema.js';
import { type Resource, resources } from './resources.js';

/** The documents that are generated from the resource table: path below `docs/`, and text. */
export function restrictionsDocuments(): Readonly<Record<string, string>> {
  return {
    'policy.schema.json': `${JSON.stringify(policySchema(), null, 2)}\n`,
    'resources.md': resourcesPage(),
  };
}

const atLimitWords = {
  wait: 'the call waits until the use has drained',
  throttle: 'the program gets no processor time until the next period',
  error: 'the call fails',
  stop: 'the program ends, outcome `limit`',
} as const;

function resourcesPage(): string {
  return `# Resources

Generated from \`restrictions/resources.ts\`. Everything that a program may use, by the names that a restrictions file and
a JSON policy share. What is left out of a policy is 0, or no port; the required ones can't be left out.

| name | limit is | allowed | required | at the limit | what it is |
|---|---|---|---|---|---|
${resources.map(limitRow).join('\n')}

A rate takes \`inf\` in a restrictions file and \`"${unlimited}"\` in a JSON policy.

| name | Linux | Windows | elsewhere | accuracy |
|---|---|---|---|---|
${resources.map(enforcementRow).join('\n')}

## Beyond RepyV2

A JSON policy may limit more, by the same field \`resources\`. What is left out has no limit. \`getresources()\` doesn't tell of these.

| name | unit | at the limit | what it is |
|---|---|---|---|
${extensions.map(extensionRow).join('\n')}
| \`cpuset\` | a list of processors' numbers | never anywhere else | The processors that the program may run on. |

| name | Linux | Windows | elsewhere | accuracy |
|---|---|---|---|---|
${extensions.map(enforcementRow).join('\n')}
| \`cpuset\` | affinity, set by \`taskset\` | not enforced | not enforced | exact |

A program whose policy asks for what the host can't enforce is refused, unless degraded limits are allowed.

## Other things to happen at a limit

The field \`atLimit\` of a JSON policy says what happens, where it is not to be the usual (the first):

| name | may be |
|---|---|
${[...resources, ...extensions].flatMap(choiceRow).join('\n')}

\`error\` raises \`ResourceExhaustedError\`: with a rate, each call fails until the use has drained, and nobody waits.
`;
}

function extensionRow({ name, unit, actions, description }: Extension): string {
  return `| \`${name}\` | ${unit} | ${actions[0] === 'throttle' ? 'the program is slowed down' : atLimitWords[actions[0]]} | ${description} |`;
}

function choiceRow({ name }: { readonly name: string }): string[] {
  const actions = actionsAt(name);
  return actions.length > 1 ? [`| \`${name}\` | ${actions.map((action) => `\`${action}\``).join(', ')} |`] : [];
}

function limitRow(resource: Resource): string {
  const exception = resource.exception === undefined ? '' : ` with \`${resource.exception}\``;
  const atLimit = `${atLimitWords[resource.atLimit]}${exception}`;
  const required = resource.required ? 'yes' : 'no';
  return `| \`${resource.name}\` | ${resource.kind} | ${allowedValues(resource)} | ${required} | ${atLimit} | ${resource.description} |`;
}

function enforcementRow({ name, enforcedBy, accuracy }: Resource | Extension): string {
  return `| \`${name}\` | ${enforcedBy.linux} | ${enforcedBy.windows} | ${enforcedBy.other} | ${accuracy} |`;
}
