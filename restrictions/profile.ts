/**
 * How a program's code is run. `jit`: compiled as it runs, which takes pages that are writable and executable. `hardened`: interpreted,
 * in a process that has no such page and can't make one; several times slower.
 */
export const profiles = ['jit', 'hardened'] as const;
export type Profile = (typeof profiles)[number];

export const usualProfile: Profile = 'jit';
