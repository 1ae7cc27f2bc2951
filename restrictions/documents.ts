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
`;
}

function limitRow(resource: Resource): string {
  const exception = resource.exception === undefined ? '' : ` with \`${resource.exception}\``;
  const atLimit = `${atLimitWords[resource.atLimit]}${exception}`;
  const required = resource.required ? 'yes' : 'no';
  return `| \`${resource.name}\` | ${resource.kind} | ${allowedValues(resource)} | ${required} | ${atLimit} | ${resource.description} |`;
}

function enforcementRow({ name, enforcedBy, accuracy }: Resource): string {
  return `| \`${name}\` | ${enforcedBy.linux} | ${enforcedBy.windows} | ${enforcedBy.other} | ${accuracy} |`;
}
