import { readFile } from 'node:fs/promises';

/** The part of a process' memory that is its own, pages that n processes share counted by an nth. */
export async function proportionalMiB(pid: number): Promise<number> {
  const pss = /^Pss:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'));
  if (pss === null) throw new Error(`no Pss in the memory map of process ${pid}`);
  return Number(pss[1]) / 1024;
}
