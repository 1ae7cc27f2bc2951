import { readFileSync } from 'node:fs';
import t from 'tap';
import { openYard, wideRestrictions } from '../../support/yard.js';
import { lacks, runGuest } from '../support.js';

/** The indented lines of one chapter of docs/javascript.md. */
function example(chapter: string): string {
  const page = readFileSync(new URL('../../../../docs/javascript.md', import.meta.url), 'utf8');
  const text = page.split(/^## /m).find((part) => part.startsWith(`${chapter}\n`)) ?? '';
  const lines = text.split('\n').filter((line) => line.startsWith('    '));
  return lines.join('\n');
}

t.test('the program about text does what the page says', { skip: lacks }, async (t) => {
  const { output, end } = await runGuest(example('Text and bytes'));
  t.equal(end.reason, 'exited', end.report);
  t.equal(Buffer.from(output, 'latin1').toString(), 'naïve ☃');
});

t.test('the program about the network does what the page says', { skip: lacks }, async (t) => {
  const yard = await openYard();
  t.teardown(() => yard.close());
  const rates = ['loopsend', 'looprecv'].map((name) => `resource ${name} 100000\n`).join('');
  const restrictions = `${wideRestrictions}${rates}resource insockets 1\nresource outsockets 2\n`;
  // The page's ports, moved to where tests have theirs.
  const [server, client] = [63_784, 63_785];
  const source = example('The network').replaceAll('12345', `${server}`).replaceAll('12346', `${client}`);
  const ports = `resource connport ${server}\nresource connport ${client}\n`;
  t.equal(await yard.output(source, { restrictions: restrictions + ports }), `127.0.0.1 ${client} hello \n`);
});
