/** Writes what is generated from data: documents in `docs/`, declarations for guests. Run after such data changed; a test compares. */
import { writeFile } from 'node:fs/promises';
import { documents } from './documents.js';

const docs = new URL('../../../docs/', import.meta.url);

for (const [path, text] of Object.entries(documents())) await writeFile(new URL(path, docs), text);
