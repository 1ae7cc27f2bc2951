import { readFileSync } from 'node:fs';
import t from 'tap';
import { documents } from '../../supervisor/cli/documents.js';

t.test('the generated documents are up to date (node dist/supervisor/cli/export-docs.js writes them)', async (t) => {
  for (const [path, text] of Object.entries(documents())) {
    t.equal(readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8'), text, path);
  }
});
