/** The part of Sucrase that it has no declarations for where it is imported from: what its `transform` stands on. */
declare module 'sucrase/dist/parser/index.js' {
  export interface Token {
    readonly start: number;
    readonly end: number;
    /** Cut out with the types. */
    readonly isType: boolean;
  }
  export function parse(
    text: string,
    jsx: boolean,
    typescript: boolean,
    flow: boolean,
  ): { readonly tokens: readonly Token[] };
}
