/** The JSON schema of a `DoctorReport`, for docs/doctor.schema.json; a test holds real reports against it. */
export function doctorSchema(): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Report of repyard doctor --json',
    type: 'object',
    required: ['version', 'host', 'layers', 'runs'],
    additionalProperties: false,
    properties: {
      version: { const: 1, description: 'Changes when a field of this report does.' },
      host: {
        type: 'object',
        required: ['system', 'kernel', 'architecture', 'node', 'uid', 'allowDegraded'],
        additionalProperties: false,
        properties: {
          system: { type: 'string', description: 'For example Linux.' },
          kernel: { type: 'string', description: "The kernel's release." },
          architecture: { type: 'string', description: "Node's name of the processor, for example x64." },
          node: { type: 'string', description: "The supervisor's Node, not the engine." },
          uid: { type: 'integer' },
          allowDegraded: { type: 'boolean', description: 'Whether --allow-degraded was given.' },
        },
      },
      layers: {
        type: 'array',
        description: 'In the order in which they were tried.',
        items: {
          type: 'object',
          required: ['name', 'state', 'what', 'fixes', 'ms'],
          additionalProperties: false,
          properties: {
            name: { type: 'string' },
            state: {
              enum: ['enforced', 'weaker', 'missing', 'untried'],
              description:
                'enforced: it was tried and held. weaker: kept, but by less; programs run. missing: programs are refused for want of ' +
                "it, or it didn't hold. untried: it takes another layer that is missing.",
            },
            what: { type: 'string', description: 'What was seen, or why it is not as it should be.' },
            fixes: {
              type: 'array',
              items: { type: 'string' },
              description: 'What the operator can do, each an imperative.',
            },
            ms: { type: 'integer', minimum: 0, description: 'How long the look took.' },
          },
        },
      },
      runs: {
        type: 'boolean',
        description: 'Whether repyard run with the same options runs a program here: one was run.',
      },
    },
  };
}
