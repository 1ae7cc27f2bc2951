import { Ajv, type ValidateFunction } from 'ajv';
import { PolicyError } from './errors.js';
import { type ExtendedLimits, type Extensions, extensions } from './extensions.js';
import { parseJson } from './json-document.js';
import { complete } from './limit-value.js';
import { type GivenNetwork, readNetwork } from './network-policy.js';
import { policySchema, unlimited } from './policy-schema.js';
import type { Profile } from './profile.js';
import type { Restrictions } from './restrictions.js';
import { addAllowedKeyword, display, explain } from './schema-errors.js';

/** What the schema lets through. */
interface Policy {
  readonly resources: Readonly<Record<string, number | typeof unlimited | readonly number[]>>;
  readonly network?: GivenNetwork;
  readonly atLimit?: ExtendedLimits['atLimit'];
  readonly profile?: Profile;
  readonly allowDegraded?: boolean;
}

let compiled: ValidateFunction<Policy> | undefined;

function validator(): ValidateFunction<Policy> {
  compiled ??= addAllowedKeyword(new Ajv({ verbose: true, allowUnionTypes: true })).compile<Policy>(policySchema());
  return compiled;
}

/** Parses a JSON policy. Throws PolicyError, whose message names the field, what was given and what is allowed. */
export function parseJsonPolicy(text: string): Restrictions {
  const document = parseJson(text);
  return readPolicy(document.value, document.lineOf);
}

/**
 * A policy that was parsed already, for example inline in a yard file. `lineOf` finds a field's line; without it errors
 * name the field alone.
 */
export function readPolicy(value: unknown, lineOf?: (path: readonly string[]) => number): Restrictions {
  const validate = validator();
  if (!validate(value)) {
    const { path, message } = explain(validate.errors);
    throw new PolicyError(message, display(path), lineOf?.(path));
  }
  const given = new Map<string, number>();
  const ports = { messport: new Set<number>(), connport: new Set<number>() };
  for (const [name, limit] of Object.entries(value.resources)) {
    if (limit === unlimited) given.set(name, Number.POSITIVE_INFINITY);
    else if (typeof limit === 'number') given.set(name, limit);
    else if (name === 'messport' || name === 'connport') for (const port of limit) ports[name].add(port);
  }
  const network = readNetwork(value.network, (below, what, allowed) => {
    const path = ['network', ...below];
    const message = `Field '${display(path)}' is ${JSON.stringify(what)}; give ${allowed}`;
    throw new PolicyError(message, display(path), lineOf?.(path));
  });
  const plain = complete(given, ports, { allowDegraded: value.allowDegraded ?? false, network, calls: [] });
  return Object.freeze({ ...plain, ...readExtended(value) });
}

/** Nothing of it is there when nothing was given: then it is what a RepyV2 file can say. */
function readExtended({ resources, atLimit, profile }: Policy): ExtendedLimits & Pick<Restrictions, 'profile'> {
  const given = extensions.flatMap(({ name }) =>
    typeof resources[name] === 'number' ? [[name, resources[name]]] : [],
  );
  const { cpuset } = resources;
  return {
    ...(given.length === 0 ? {} : { extensions: Object.freeze(Object.fromEntries(given) as Extensions) }),
    ...(Array.isArray(cpuset) ? { cpuset: Object.freeze([...cpuset]) } : {}),
    ...(atLimit === undefined ? {} : { atLimit: Object.freeze({ ...atLimit }) }),
    ...(profile === undefined ? {} : { profile }),
  };
}
