/**
 * Preloaded on Wine, which shows the links of the host's file system as what they lead to: a module that is reached in two ways would be
 * loaded twice. The runner knows where the links lead.
 */
import * as module from 'node:module';

interface Resolved {
  readonly url: string;
}
/** Node 22.15 and newer; the types are of an older one. */
const { registerHooks } = module as unknown as {
  registerHooks(hooks: {
    resolve(specifier: string, context: unknown, next: (specifier: string, context: unknown) => Resolved): Resolved;
  }): void;
};

const links = JSON.parse(process.env.REPYARD_TEST_LINKS ?? '[]') as readonly (readonly [from: string, to: string])[];

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const link = links.find(([from]) => resolved.url.startsWith(from));
    return link === undefined ? resolved : { ...resolved, url: link[1] + resolved.url.slice(link[0].length) };
  },
});
