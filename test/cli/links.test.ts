import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  'supervisor/README.md',
];

t.test('what a page links to is there', async (t) => {
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8');
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target!)) continue;
      t.ok(existsSync(join(root, dirname(page), target!)), `${page}: ${target}`);
    }
  }
});

t.test('every document is in the index', async (t) => {
  const index = readFileSync(join(root, 'docs/README.md'), 'utf8');
  for (const name of readdirSync(join(root, 'docs'))) {
    if (name !== 'README.md') t.ok(index.includes(`](${name})`), name);
  }
});

t.test('the tests and benchmarks that the specification names are there', async (t) => {
  const text = readFileSync(join(root, 'SPECIFICATION.md'), 'utf8');
  for (const [, path] of text.matchAll(/`((?:test|bench)\/[^`*]+\.ts)`/g)) t.ok(existsSync(join(root, path!)), path!);
});
