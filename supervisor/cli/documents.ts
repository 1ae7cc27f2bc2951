import { apiDocuments } from '../../protocol/api-page.js';
import { restrictionsDocuments } from '../../restrictions/documents.js';
import { yardSchema } from './yard-schema.js';

/** Every document that is generated from data: path below `docs/`, and text. */
export function documents(): Readonly<Record<string, string>> {
  return {
    ...apiDocuments(),
    ...restrictionsDocuments(),
    'yard.schema.json': `${JSON.stringify(yardSchema(), null, 2)}\n`,
  };
}
