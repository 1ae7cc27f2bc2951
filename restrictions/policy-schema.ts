import { actionsAt, type Extension, extensions, greatestProcessor } from './extensions.js';
import { allowedValues } from './limit-value.js';
import { networkSchema } from './network-policy.js';
import { profiles, usualProfile } from './profile.js';
import { greatestPort, numericResources, type Resource, resources } from './resources.js';
import { allowedKeyword } from './schema-errors.js';

/** What a rate's limit is called in JSON when there is none; JSON has no infinity. */
export const unlimited = 'unlimited';

const needed = numericResources.filter((resource) => resource.required || resource.name === 'events');

/** The schema of a JSON policy, made from the resource table. */
export function policySchema(): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Repyard policy',
    description: 'What one program may use.',
    type: 'object',
    [allowedKeyword]: 'an object with the field resources',
    required: ['resources'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', [allowedKeyword]: 'a string' },
      comment: {
        description: 'For people; without effect.',
        type: ['string', 'array'],
        items: { type: 'string', [allowedKeyword]: 'a string' },
        [allowedKeyword]: 'a string or a list of strings',
      },
      resources: {
        description: 'Limits by name. What is left out is 0, or no port.',
        type: 'object',
        [allowedKeyword]: `an object with at least ${needed.map(({ name }) => name).join(', ')}`,
        required: needed.map(({ name }) => name),
        additionalProperties: false,
        properties: {
          ...Object.fromEntries(resources.map((resource) => [resource.name, limitSchema(resource)])),
          ...Object.fromEntries(extensions.map((extension) => [extension.name, extensionSchema(extension)])),
          cpuset: cpusetSchema,
        },
      },
      atLimit: {
        description: 'What happens at the limit of a resource, where it is not to be the usual.',
        type: 'object',
        [allowedKeyword]: 'an object: what happens, by resource',
        additionalProperties: false,
        properties: Object.fromEntries(
          [...resources, ...extensions].map(({ name }) => [name, actionSchema(actionsAt(name))]),
        ),
      },
      network: networkSchema(),
      profile: {
        description:
          'How the code is run: compiled, or interpreted in a process without writable and executable memory.',
        enum: profiles,
        default: usualProfile,
        [allowedKeyword]: profiles.map((profile) => `"${profile}"`).join(' or '),
      },
      allowDegraded: {
        description: "Whether the program may run on a host that can't enforce a limit.",
        type: 'boolean',
        default: false,
        [allowedKeyword]: 'true or false',
      },
    },
  };
}

const cpusetSchema = {
  description: 'Numbers of the processors that the program may run on; all when left out.',
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { type: 'integer', minimum: 0, maximum: greatestProcessor, [allowedKeyword]: "a processor's number" },
  [allowedKeyword]: "a list of processors' numbers, each once",
};

function actionSchema(actions: readonly string[]): Record<string, unknown> {
  return { enum: actions, [allowedKeyword]: actions.map((action) => `"${action}"`).join(' or ') };
}

function extensionSchema({ description, number, unit, least, greatest }: Extension): Record<string, unknown> {
  const from = 'above' in least ? `above ${least.above}` : `from ${least.from}`;
  const to = greatest === undefined ? ('above' in least ? '' : ' up') : ` to ${greatest}`;
  return {
    description: `${description} Without limit when left out.`,
    type: number === 'int' ? 'integer' : 'number',
    ...('above' in least ? { exclusiveMinimum: least.above } : { minimum: least.from }),
    ...(greatest === undefined ? {} : { maximum: greatest }),
    [allowedKeyword]: `${number === 'int' ? 'a whole number' : 'a number'} ${from}${to} (${unit})`,
  };
}

function limitSchema(resource: Resource): Record<string, unknown> {
  const { description } = resource;
  const value = {
    type: resource.number === 'int' ? 'integer' : 'number',
    ...('above' in resource.least ? { exclusiveMinimum: resource.least.above } : { minimum: resource.least.from }),
  };
  const allowed = allowedValues(resource);
  if (resource.kind === 'port') {
    const items = { ...value, maximum: greatestPort, [allowedKeyword]: allowed };
    return { description, type: 'array', items, [allowedKeyword]: `a list, each item ${allowed}` };
  }
  if (resource.kind === 'rate') {
    return { description, anyOf: [value, { const: unlimited }], [allowedKeyword]: `${allowed}, or "${unlimited}"` };
  }
  return { description, ...value, [allowedKeyword]: allowed };
}
