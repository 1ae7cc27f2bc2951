import { apiDocuments } from '../../protocol/api-page.js';
import { guestDeclarations } from '../../protocol/guest-declarations.js';
import { restrictionsDocuments } from '../../restrictions/documents.js';
import { doctorSchema } from '../doctor/schema.js';
import { yardSchema } from './yard-schema.js';

/** Every document that is generated from data: path below `docs/`, and text. */
export function documents(): Readonly<Record<string, string>> {
  return {
    ...apiDocuments(),
    '../child-runtime/javascript/guest.d.ts': guestDeclarations(),
    ...restrictionsDocuments(),
    'doctor.schema.json': `${JSON.stringify(doctorSchema(), null, 2)}\n`,
    'yard.schema.json': `${JSON.stringify(yardSchema(), null, 2)}\n`,
  };
}
