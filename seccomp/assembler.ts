import { encode, type Instruction, maximumInstructions, op } from './bpf.js';

/** Where an instruction stands, counted from the end of the program. */
export type Label = number & { readonly label: unique symbol };

/** Conditional jumps have one byte for the distance. */
const farthest = 255;

/**
 * Builds a program from its last instruction to its first. All jumps of BPF go forward, so every target is already
 * placed when a jump to it is made: distances are known at once, and one that is too long gets a stepping stone
 * (an unconditional jump, whose distance has 32 bits) right behind the jump.
 */
export class BackwardAssembler {
  readonly #reversed: Instruction[] = [];
  readonly #returns = new Map<number, Label>();
  /** The newest stepping stone to a target; jumps that stand close together share it. */
  readonly #steppingStones = new Map<Label, Label>();

  /** A return of this word. Equal returns share an instruction. */
  returns(word: number): Label {
    const known = this.#returns.get(word);
    if (known !== undefined) return known;
    const label = this.#place({ code: op.return, jt: 0, jf: 0, k: word });
    this.#returns.set(word, label);
    return label;
  }

  /** Loads a word of `seccomp_data`, then continues at `next`. */
  load(offset: number, next: Label): Label {
    this.#continueAt(next);
    return this.#place({ code: op.loadWord, jt: 0, jf: 0, k: offset });
  }

  /** Masks the loaded word, then continues at `next`. */
  and(mask: number, next: Label): Label {
    this.#continueAt(next);
    return this.#place({ code: op.and, jt: 0, jf: 0, k: mask });
  }

  /** Compares the loaded word with `k`; one of the `jump...` operations. */
  branch(code: number, k: number, yes: Label, no: Label): Label {
    // The second stepping stone lies between the jump and the first, so that one is one instruction farther away.
    const nearYes = this.#within(yes, farthest - 1);
    const nearNo = this.#within(no, farthest);
    return this.#place({ code, jt: this.#distance(nearYes), jf: this.#distance(nearNo), k });
  }

  /** The program from its first instruction, the one placed last. */
  finish(): Uint8Array {
    if (this.#reversed.length > maximumInstructions) throw new RangeError('filter longer than the kernel accepts');
    return encode([...this.#reversed].reverse());
  }

  #place(instruction: Instruction): Label {
    return (this.#reversed.push(instruction) - 1) as Label;
  }

  /** Between an instruction placed now and its target. */
  #distance(target: Label): number {
    return this.#reversed.length - 1 - target;
  }

  #within(target: Label, reach: number): Label {
    if (this.#distance(target) <= reach) return target;
    const stone = this.#steppingStones.get(target);
    return stone !== undefined && this.#distance(stone) <= reach ? stone : this.#steppingStone(target);
  }

  #steppingStone(target: Label): Label {
    const stone = this.#place({ code: op.jump, jt: 0, jf: 0, k: this.#distance(target) });
    this.#steppingStones.set(target, stone);
    return stone;
  }

  #continueAt(next: Label): void {
    if (this.#distance(next) !== 0) this.#steppingStone(next);
  }
}
