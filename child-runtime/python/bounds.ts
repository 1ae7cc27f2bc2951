/**
 * How deep and how wide a program may be. Each figure is CPython 2.7's or RepyV2's own, so that the same programs are refused;
 * together they bound every recursion over a syntax tree (except chains of `elif`, which are walked with a loop).
 */
export const bounds = {
  /** Python frames that RepyV2's safety check may stack (sys.getrecursionlimit()). */
  recursion: 1000,
  /** Nonterminals on CPython's parser stack (MAXSTACK); beyond: `s_push: parser stack overflow` and MemoryError. */
  parserStack: 1500,
  /** Indentation levels, the outermost included (MAXINDENT). */
  indentation: 100,
  /** Loops, `try` and `finally` blocks inside one another in one function (CO_MAXBLOCKS). */
  blocks: 20,
  /** Arguments of one call, parameters of one function. */
  arguments: 255,
} as const;
