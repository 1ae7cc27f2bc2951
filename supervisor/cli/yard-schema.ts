import { resources } from '../../restrictions/resources.js';
import { allowedKeyword } from '../../restrictions/schema-errors.js';
import { type EndReason, exitCodes } from '../outcome.js';

/** Programs of one yard file, copies included. */
export const greatestYard = 10_000;
/** Seconds that a program may be given before it is stopped: a year. */
const longestRun = 366 * 24 * 3600;

const reasons = Object.keys(exitCodes) as EndReason[];
const limitNames = resources.map(({ name }) => name);
const path = { type: 'string', minLength: 1, maxLength: 4096, [allowedKeyword]: 'a path, relative to the yard file' };

/** The schema of a yard file. */
export function yardSchema(): Record<string, unknown> {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Repyard yard file',
    description: 'Programs that run side by side. Paths are relative to this file.',
    type: 'object',
    [allowedKeyword]: 'an object with the field programs',
    required: ['programs'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', [allowedKeyword]: 'a string' },
      comment: { ...comment },
      directory: {
        ...path,
        description:
          "Where programs have their directories, each under its own name, unless an entry says otherwise. Default 'yard'.",
      },
      programs: {
        type: 'array',
        items: programSchema(),
        minItems: 1,
        maxItems: greatestYard,
        [allowedKeyword]: `a list of 1 to ${greatestYard} programs`,
      },
    },
  };
}

const comment = {
  description: 'For people; without effect.',
  type: 'string',
  [allowedKeyword]: 'a string',
};

function programSchema(): Record<string, unknown> {
  return {
    type: 'object',
    [allowedKeyword]: 'an object with at least name, program and restrictions',
    required: ['name', 'program', 'restrictions'],
    additionalProperties: false,
    properties: {
      comment,
      name: {
        description: 'For people, and for the default directory. With copies, -1, -2, ... is added.',
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$',
        [allowedKeyword]: '1 to 40 letters, digits, dots, underscores and hyphens, the first a letter or digit',
      },
      program: { ...path, description: "The program's file; its extension tells the language." },
      args: {
        description: "The program's arguments, callargs.",
        type: 'array',
        items: { type: 'string', [allowedKeyword]: 'a string' },
        maxItems: 1000,
        [allowedKeyword]: 'a list of at most 1000 strings',
      },
      restrictions: {
        description: 'A restrictions file or JSON policy by its path, or a JSON policy itself.',
        type: ['string', 'object'],
        [allowedKeyword]: 'the path of a restrictions file, or a JSON policy',
      },
      directory: {
        ...path,
        description: "The directory of the program's files, made if missing. With copies, -1, -2, ... is added.",
      },
      copies: {
        description: 'How many run, each in a directory of its own. Default 1.',
        type: 'integer',
        minimum: 1,
        maximum: greatestYard,
        [allowedKeyword]: `a whole number from 1 to ${greatestYard}`,
      },
      stopAfter: {
        description: 'Seconds after which the program is stopped, outcome `stopped`.',
        type: 'number',
        exclusiveMinimum: 0,
        maximum: longestRun,
        [allowedKeyword]: `seconds, above 0 and at most ${longestRun}`,
      },
      log: {
        ...path,
        description:
          "Prefix of the log's two files, PREFIX.old and PREFIX.new, 16 KiB each. Default: the directory's path and '.log'.",
      },
      expected: {
        description: 'How the program should end. Default: it exits by itself, or is stopped if stopAfter is given.',
        type: 'object',
        [allowedKeyword]: 'an object with the field reason',
        required: ['reason'],
        additionalProperties: false,
        properties: {
          reason: { enum: reasons, [allowedKeyword]: `one of ${reasons.join(', ')}` },
          limit: {
            description: "The resource whose limit ends it, for the reason 'limit'.",
            enum: limitNames,
            [allowedKeyword]: `one of ${limitNames.join(', ')}`,
          },
        },
      },
    },
  };
}
