/**
 * The little of a terminal that the live table uses: what a person sees after these bytes. Anything else is an error, so
 * that no other escape sequence slips into the output.
 */
export class Screen {
  readonly lines: string[] = [''];
  cursorHidden = false;
  private row = 0;
  private column = 0;
  private sequence: string | undefined;

  constructor(private readonly width: number) {}

  write(text: string): void {
    for (const character of text) {
      if (this.sequence !== undefined) this.extend(character);
      else if (character === '\u001b') this.sequence = '';
      else if (character === '\r') this.column = 0;
      else if (character === '\n') this.moveTo(this.row + 1);
      else this.print(character);
    }
  }

  /** A sequence may arrive in pieces. */
  private extend(character: string): void {
    this.sequence += character;
    if (!/[A-Za-z]$/.test(character)) return;
    this.obey((this.sequence ?? '').slice(1));
    this.sequence = undefined;
  }

  private print(character: string): void {
    if (this.column >= this.width) {
      this.moveTo(this.row + 1);
      this.column = 0;
    }
    const line = (this.lines[this.row] ?? '').padEnd(this.column);
    this.lines[this.row] = line.slice(0, this.column) + character + line.slice(this.column + 1);
    this.column++;
  }

  private obey(sequence: string): void {
    const up = /^(\d+)A$/.exec(sequence);
    if (up !== null) this.moveTo(Math.max(0, this.row - Number(up[1])));
    else if (sequence === 'K') this.lines[this.row] = (this.lines[this.row] ?? '').slice(0, this.column);
    else if (sequence === 'J') this.lines.splice(this.row + 1);
    else if (sequence === '?25l') this.cursorHidden = true;
    else if (sequence === '?25h') this.cursorHidden = false;
    else throw new Error(`the table wrote an unexpected escape sequence: ${JSON.stringify(sequence)}`);
  }

  private moveTo(row: number): void {
    this.row = row;
    while (this.lines.length <= row) this.lines.push('');
  }
}
