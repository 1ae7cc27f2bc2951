/** Each call of probe_api.txt, with what it gives or raises. */
import t from 'tap';
import { unable } from '../cli/repyard.js';
import { answers, endingProgram, endsRepyV2, type Probe, sectionProgram, sections } from './api-programs.js';
import { isRecordedNetwork } from './support/recorded-network.js';
import { openRepy } from './support/repy.js';
import { wide } from './support/restrictions.js';
import { fixture, type KnownDifferences, Tally, withoutOwnFrames } from './support/tally.js';

/** What no two runs share, and the numbers of lines in a program that isn't ours. */
function form(text: string): string {
  return (
    withoutOwnFrames(text.replaceAll('\\n', '\n'))
      .replace(/\b0x[0-9a-f]+/g, '0xADDRESS')
      .replace(/"probe\.r2py", line \d+/g, '"probe.r2py", line N')
      // A recording's tail was cut after the reason; `---` is around it everywhere.
      .replaceAll(' / ---', '')
      .replace(/'(cpu|threadcpu|lograte|memory)': [\d.]+/g, "'$1': N")
      .trim()
  );
}

const differences: KnownDifferences = {
  'createthread(C)': 'a class or new-style instance given to an API call',
  'createthread(N)': 'a class or new-style instance given to an API call',
  'createthread(N())': 'a class or new-style instance given to an API call',
  'getresources()[1]': '`diskused` in `getresources()`',
};

/** These ask the network of the recording's host: from another one, packets would go to strangers. */
const isOfThatHost = ({ code }: Probe): boolean => !isRecordedNetwork() && code.includes('"10.200.');

t.test('probe_api.txt', { skip: unable() }, async (t) => {
  const tally = new Tally('probe_api', differences);
  const repy = await openRepy();
  t.teardown(() => repy.close());
  for (const recording of sections(fixture('probe_api.txt'))) {
    for (const { code } of recording.probes.filter(isOfThatHost)) tally.skip(code);
    const section = { ...recording, probes: recording.probes.filter((probe) => !isOfThatHost(probe)) };
    const ran = await repy.run(['--cwd', 'home', '../r', 'probe.r2py'], {
      r: wide(),
      home: { 'probe.r2py': sectionProgram(section) },
    });
    const given = answers(ran.out);
    const asked = section.probes.filter((probe) => !endsRepyV2(probe));
    if (given.length !== asked.length) t.fail(`${section.title}: ended early: ${ran.err}`);
    for (const [index, { code, recorded }] of asked.entries()) {
      const answer = given[index] ?? '';
      if (code === 'getmyip()') ownAddress(answer, recorded);
      else tally.compare(t, code, form(answer), form(recorded));
    }
    for (const probe of section.probes.filter(endsRepyV2)) await ending(probe);
  }
  tally.finish(t as never);

  /** The host's own, or none when it isn't on any network. */
  function ownAddress(answer: string, recorded: string): void {
    const quad = /\d+\.\d+\.\d+\.\d+/;
    if (answer.includes('InternetConnectivityError')) tally.skip('getmyip()');
    else tally.compare(t, 'getmyip()', answer.replace(quad, 'ADDRESS'), recorded.replace(quad, 'ADDRESS'));
  }

  async function ending(probe: Probe): Promise<void> {
    const ran = await repy.run(['r', 'probe.r2py'], { r: wide(), 'probe.r2py': endingProgram(probe) });
    const told = ran.err
      .split('\n')
      .filter((line) => /^(Internal Error|Uncaught exception!|---|User traceback:|Exception \()/.test(line));
    const shown = ran.code === 0 ? 'goes on' : `PROCESS ENDS; stderr: ${told.join(' / ')}`;
    tally.compare(t, probe.code, form(shown), form(probe.recorded));
  }
});
