/** A supervisor that dies by SIGKILL when its program enters the state that is its argument. Says first which uids are its own. */
import '../support/untapped.js';
import { writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Supervisor } from '../../supervisor/index.js';
import { uidsPerSlot } from '../../supervisor/limits/uid-pool.js';
import { linux } from '../../supervisor/platform/linux.js';
import { guests, specOf } from './guests.js';

const stage = process.argv[2];
const supervisor = await Supervisor.open({
  mostStarting: 1,
  platform: {
    ...linux,
    claimSlot() {
      const slot = linux.claimSlot();
      writeSync(1, JSON.stringify({ uidBase: slot.uidBase, uidEnd: slot.uidBase + uidsPerSlot }));
      return slot;
    },
  },
});
await supervisor.start(specOf(tmpdir(), guests.idle));
const program = await supervisor.start(specOf(tmpdir(), stage === 'ending' ? guests.ends : guests.idle));
const look = () => {
  if (program.state === stage) process.kill(process.pid, 'SIGKILL');
};
program.on('state', look);
look();
// It never entered the state: say why.
const { reason, message } = await program.outcome;
console.error(`${reason}: ${message}`);
