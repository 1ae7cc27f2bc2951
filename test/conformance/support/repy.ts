/** `repyard run` in this process, with one supervisor and its zygotes for all programs. */
import '../../support/untapped.js';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { commandLine } from '../../../supervisor/cli/command-line.js';
import { Supervisor } from '../../../supervisor/index.js';

/** A file's text, or the names in a directory. */
export type Files = { readonly [name: string]: string | Files };

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The directory afterwards: each file's bytes as latin-1 by its path. */
  readonly files: ReadonlyMap<string, string>;
}

type During = (directory: string, saw: () => string) => Promise<void>;

export interface Repy {
  /** `repyard run WORDS` in a new directory with these files. `during` may act meanwhile, and see its output so far. One at a time: it changes the current directory. */
  run(words: readonly string[], files: Files, during?: During): Promise<Ran>;
  /** The same in a directory that stays from one run to the next. */
  runIn(directory: string, words: readonly string[], during?: During): Promise<Ran>;
  directory(files: Files): Promise<string>;
  close(): Promise<void>;
}

class Kept extends Writable {
  private readonly parts: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.parts.push(Buffer.from(chunk));
    done();
  }

  get text(): string {
    return Buffer.concat(this.parts).toString('latin1');
  }
}

export async function openRepy(): Promise<Repy> {
  const root = await mkdtemp(join(tmpdir(), 'repyard-conformance-'));
  const before = process.cwd();
  const supervisor = await Supervisor.open();
  const host = { start: supervisor.start.bind(supervisor), close: async () => undefined };
  let runs = 0;

  const directory = async (files: Files): Promise<string> => {
    const made = join(root, String(runs++));
    await write(made, files);
    return made;
  };
  const runIn: Repy['runIn'] = async (where, words, during) => {
    const [out, err] = [new Kept(), new Kept()];
    process.chdir(where);
    try {
      const running = commandLine(['run', ...words], {
        stdout: out as unknown as NodeJS.WriteStream,
        stderr: err as unknown as NodeJS.WriteStream,
        openHost: async () => host,
        onStop: () => () => undefined,
      });
      const [code] = await Promise.all([running, during?.(where, () => out.text)]);
      return { code, out: out.text, err: err.text, files: await read(where) };
    } finally {
      process.chdir(before);
    }
  };
  return {
    runIn,
    directory,
    run: async (words, files, during) => runIn(await directory(files), words, during),
    async close() {
      await supervisor.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function write(directory: string, files: Files): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name);
    if (typeof content === 'string') await writeFile(path, content, 'latin1');
    else await write(path, content);
  }
}

async function read(directory: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? dirname(entry.name), entry.name);
    if (entry.isFile()) files.set(path.slice(directory.length + 1), await readFile(path, 'latin1'));
  }
  return files;
}
