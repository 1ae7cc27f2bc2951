/** Which default values are constants that may be printed in place of being kept. */
import type { Expr } from '../ast.js';

export function isStableDefault(e: Expr): boolean {
  return e.kind === 'Num' || (e.kind === 'Str' && e.value.length < 40) || (e.kind === 'Name' && e.id === 'None');
}
