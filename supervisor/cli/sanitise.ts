/**
 * Text that a guest had a hand in, made fit for an operator's terminal. Escape sequences could move the cursor, retitle
 * the window or answer as if typed; bidirectional controls and zero-width characters could make a line read as another.
 */
const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** One line: every control and format character is shown as U+XXXX, line ends and tabs included. */
export function sanitiseLine(text: string): string {
  return text.replace(dangerous, show);
}

/** Many lines: the same, but line feeds and tabs stay. */
export function sanitiseText(text: string): string {
  return text.replace(dangerous, (character) =>
    character === '\n' || character === '\t' ? character : show(character),
  );
}

function show(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
