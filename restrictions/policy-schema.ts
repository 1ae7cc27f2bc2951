import { allowedValues } from './limit-value.js';
import { networkSchema } from './network-policy.js';
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
        properties: Object.fromEntries(resources.map((resource) => [resource.name, limitSchema(resource)])),
      },
      network: networkSchema(),
      allowDegraded: {
        description: "Whether the program may run on a host that can't enforce a limit.",
        type: 'boolean',
        default: false,
        [allowedKeyword]: 'true or false',
      },
    },
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
