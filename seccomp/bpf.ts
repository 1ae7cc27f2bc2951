/** Classic BPF as seccomp accepts it: the opcodes in use, `struct seccomp_data` offsets, verdict words, instruction bytes. */
export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** Names and values of linux/bpf_common.h: class | size or operation | mode or source. */
export const op = {
  loadWord: 0x20, // BPF_LD | BPF_W | BPF_ABS
  and: 0x54, // BPF_ALU | BPF_AND | BPF_K
  jump: 0x05, // BPF_JMP | BPF_JA
  jumpEqual: 0x15, // BPF_JMP | BPF_JEQ | BPF_K
  jumpGreater: 0x25, // BPF_JMP | BPF_JGT | BPF_K
  jumpGreaterOrEqual: 0x35, // BPF_JMP | BPF_JGE | BPF_K
  jumpSet: 0x45, // BPF_JMP | BPF_JSET | BPF_K
  return: 0x06, // BPF_RET | BPF_K
} as const;

/** Offsets in `struct seccomp_data`; both supported architectures are little-endian, so the low half comes first. */
export const dataOffset = {
  number: 0,
  architecture: 4,
  argumentLow: (index: number) => 16 + 8 * index,
  argumentHigh: (index: number) => 20 + 8 * index,
  size: 64,
} as const;

export const returnWord = {
  allow: 0x7fff0000,
  killProcess: 0x80000000,
  errno: 0x00050000,
} as const;

/** AUDIT_ARCH_* of linux/audit.h. */
export const architectureWord = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** Set in the number of an x32 call, which shares x86-64's architecture word. */
export const x32Bit = 0x40000000;

/** BPF_MAXINSNS: the kernel refuses longer programs. */
export const maximumInstructions = 4096;

const instructionBytes = 8;

/** An array of `struct sock_filter`, little-endian. */
export function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * instructionBytes);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, jt, jf, k }, index) => {
    const at = index * instructionBytes;
    view.setUint16(at, code, true);
    view.setUint8(at + 2, jt);
    view.setUint8(at + 3, jf);
    view.setUint32(at + 4, k, true);
  });
  return bytes;
}

export function decode(bytes: Uint8Array): Instruction[] {
  if (bytes.length === 0 || bytes.length % instructionBytes !== 0) throw new RangeError('not an array of sock_filter');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / instructionBytes }, (_, index) => {
    const at = index * instructionBytes;
    return {
      code: view.getUint16(at, true),
      jt: view.getUint8(at + 2),
      jf: view.getUint8(at + 3),
      k: view.getUint32(at + 4, true),
    };
  });
}
