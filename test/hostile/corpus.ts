/** Finds the attacks: one file each, in a folder for each class. The source folder is listed, since builds may hold files that are gone. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Attack } from './attack.js';

export interface NamedAttack extends Attack {
  readonly name: string;
  readonly kind: string;
}

const sources = fileURLToPath(new URL('../../../test/hostile/corpus/', import.meta.url));

export async function loadCorpus(): Promise<NamedAttack[]> {
  const found: NamedAttack[] = [];
  for (const kind of readdirSync(sources).sort()) {
    for (const file of readdirSync(`${sources}${kind}`).sort()) {
      const name = file.replace(/\.ts$/, '');
      const module = (await import(`./corpus/${kind}/${name}.js`)) as { default: Attack };
      found.push({ ...module.default, name, kind });
    }
  }
  return found;
}
