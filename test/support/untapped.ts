/**
 * Import this first in a test that starts programs for real. tap hooks child_process so that every descendant process loads
 * its recorder; a zygote that finds such additions in its global object refuses to serve, as it should.
 */
interface SpawnHooks {
  listeners: unknown[];
}

const hooks: SpawnHooks | undefined = Reflect.get(globalThis, Symbol.for('process-on-spawn@*:singletonId'));
if (hooks !== undefined) hooks.listeners = [];
for (const name of Object.keys(process.env)) {
  if (name === 'NODE_OPTIONS' || name.startsWith('_TAPJS_PROCESSINFO_')) delete process.env[name];
}
