// Passes the check, then looks for a way out from within: every function has a constructor, every prototype is shared.

const attempts = {
  'Function by constructor': () => (() => undefined).constructor('return 1')(),
  'AsyncFunction by constructor': () => (async () => undefined).constructor('return 1')(),
  'GeneratorFunction by constructor': () => function* () {}.constructor('return 1')(),
  'the global object as this': () =>
    (function () {
      return this.process;
    })(),
  'a changed shared prototype': () => {
    Object.prototype.polluted = true;
  },
  'a changed array method': () => {
    Array.prototype.push = () => 'mine';
  },
  'a changed API function': () => {
    log.call = undefined;
  },
};

let escapes = 0;
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    attempt();
    escapes += 1;
    await log(`${name}: it worked\n`);
  } catch (error) {
    await log(`${name}: ${error.name}\n`);
  }
}
if (escapes > 0) throw new Error(`${escapes} ways out`);
