/** Pairs of programs that send each other streams over the loopback, for tests and benchmarks. */
import { readFile } from 'node:fs/promises';
import type { Outcome, Program } from '../../supervisor/index.js';
import type { TestYard } from './yard.js';

const source = new URL('../../../test/fixtures/broker/pair.js', import.meta.url);

/** What one program of a pair says of its streams, and how it ended. */
export interface Talked {
  readonly sent: number;
  readonly received: number;
  readonly wrong: number;
  readonly outcome: Outcome;
  /** Between its first instruction and its end, as the outside saw it. */
  readonly seconds: number;
}

/** Four ports for each pair, from here on. */
export const firstPort = 63_800;

export const pairRestrictions = (rate: number): string => `
resource cpu 1
resource memory 20000000
resource diskused 100000
resource events 5
resource lograte 100000
resource insockets 2
resource outsockets 4
resource loopsend ${rate}
resource looprecv ${rate}
`;

/** Runs so many pairs at once, each for so many seconds at so many bytes per second. */
export async function runPairs(
  yard: TestYard,
  { pairs, seconds, rate, from = firstPort }: { pairs: number; seconds: number; rate: number; from?: number },
): Promise<[Talked, Talked][]> {
  const text = await readFile(source, 'utf8');
  const start = async (listening: number, sending: number, other: number): Promise<Program> => {
    const restrictions = `${pairRestrictions(rate)}resource connport ${listening}\nresource connport ${sending}\n`;
    const args = [listening, sending, other, seconds].map(String);
    return yard.start(text, { restrictions, args });
  };
  const talked = async (program: Program, begun: number): Promise<Talked> => {
    const outcome = await program.outcome;
    const seconds = (performance.now() - begun) / 1000;
    if (outcome.reason !== 'exited') throw new Error(`${outcome.reason}: ${outcome.message}\n${outcome.report ?? ''}`);
    return { ...(JSON.parse(yard.logged(program)) as Omit<Talked, 'outcome' | 'seconds'>), outcome, seconds };
  };
  const runs = Array.from({ length: pairs }, async (_, i): Promise<[Talked, Talked]> => {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => from + 4 * i + k) as [number, number, number, number];
    const begun = performance.now();
    const [left, right] = await Promise.all([start(a, b, c), start(c, d, a)]);
    return Promise.all([talked(left, begun), talked(right, begun)]);
  });
  return Promise.all(runs);
}
