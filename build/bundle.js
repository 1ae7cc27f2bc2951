/**
 * Puts the modules that a command, a zygote and a checker load into a few files, below `bundled/` of the build: `node build/bundle.js [DIST]`.
 * Of what starting one program took, finding, reading and linking hundreds of small modules was a third.
 *
 * Nothing is renamed for size or left out, so that stack traces stay readable, and source maps lie beside.
 */
import { readFile, rename, rm } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const dist = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)));
const bundled = join(dist, 'bundled');
/** What is put there only when all of it is ready: no command ever starts with files of two builds. */
const fresh = join(dist, 'bundled.new');

/** Modules find files by where they lie themselves; from a bundle that is elsewhere. */
const whereModulesWere = {
  name: 'where modules were',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const from = relative(dist, path);
      if (from.startsWith('..') || from.includes('node_modules')) return undefined;
      const url = `new URL(${JSON.stringify(`../${from.replaceAll(sep, '/')}`)}, bundleUrl).href`;
      return { contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', url), loader: 'js' };
    });
  },
};

/** In one scope with others a function may have to be called otherwise. Guests see the constructors of ses, which keep their names. */
const namesOfIntrinsics = {
  name: 'names of intrinsics',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]node_modules[/\\](ses|@endo)[/\\].*\.js$/ }, async ({ path }) => {
      const options = { keepNames: true, sourcefile: path, sourcemap: 'inline' };
      const { code } = await transform(await readFile(path, 'utf8'), options);
      // What it adds at the top would take a module's own `Object`, from before that is there.
      const added = 'var __defProp = Object.defineProperty;';
      return { contents: code.replace(added, added.replace('Object', 'globalThis.Object')), loader: 'js' };
    });
  },
};

const common = {
  absWorkingDir: dist,
  outdir: fresh,
  outbase: dist,
  bundle: true,
  platform: 'node',
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [namesOfIntrinsics, whereModulesWere],
  // Loaded by Windows alone, native.
  external: ['koffi'],
};

/** For the pinned engine. As CommonJS, which it loads without an event loop's turns between. */
const runtimes = {
  ...common,
  entryPoints: {
    zygote: 'child-runtime/zygote.js',
    runtime: 'child-runtime/main.js',
    'runtime-python': 'child-runtime/alone/python.js',
    'runtime-javascript': 'child-runtime/alone/javascript.js',
    'runtime-typescript': 'child-runtime/alone/typescript.js',
  },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  target: 'node26',
  // Modules are strict, CommonJS is not unless it says so.
  banner: { js: "'use strict';\nconst bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** For the host's Node, and the checker. Each command's own modules are loaded when it is given. */
const modules = {
  ...common,
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  target: 'node20',
  banner: {
    js:
      "import { createRequire as bundleRequire } from 'node:module';\n" +
      'const [bundleUrl, require] = [import.meta.url, bundleRequire(import.meta.url)];',
  },
};

await rm(fresh, { recursive: true, force: true });
await Promise.all([
  build(runtimes),
  build({ ...modules, entryPoints: { main: 'supervisor/cli/main.js' } }),
  build({ ...modules, entryPoints: { check: 'child-runtime/check.js' } }),
]);
await rm(bundled, { recursive: true, force: true });
await rename(fresh, bundled);
