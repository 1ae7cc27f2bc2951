/** Writes the documents that are generated from data tables into `docs/`. Run after a table changed; a test compares. */
import { writeFile } from 'node:fs/promises';
import { restrictionsDocuments } from '../../restrictions/documents.js';

const docs = new URL('../../../docs/', import.meta.url);

for (const [path, text] of Object.entries(restrictionsDocuments())) await writeFile(new URL(path, docs), text);
