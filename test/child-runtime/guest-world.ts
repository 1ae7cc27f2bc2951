/** A program for the pinned engine: loads the runtime that it is given, and writes to a file all that a JavaScript guest of it can reach. */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setImmediate } from 'node:timers';
import { pathToFileURL } from 'node:url';
import type { ChildRuntime } from '../../child-runtime/runtime.js';
import { Ended, ScriptedSupervisor } from '../../child-runtime/warm/scripted-supervisor.js';
import { supervisorCall } from '../../protocol/api.js';

const [runtimePath = '', guest = '', output = ''] = process.argv.slice(2);
const source = readFileSync(guest);
const runtime = (await import(pathToFileURL(runtimePath).href)) as ChildRuntime;

// Out of the promise job that a module body is, as in a zygote.
setImmediate(() => {
  runtime.prepare();
  const supervisor = new ScriptedSupervisor({
    type: 'program',
    language: 'javascript',
    name: 'walk.js',
    source,
    args: ['one'],
    startedAt: 999,
    seed: new Uint8Array(32).fill(7),
    events: 10,
    memory: Number.MAX_SAFE_INTEGER,
  });
  try {
    runtime.runChild(supervisor);
  } catch (error) {
    // The scripted supervisor's own end, whichever copy of it.
    if (!(error instanceof Ended)) throw error;
  }
  let told = '';
  for (const message of supervisor.received) {
    if (message.type === 'request' && supervisorCall(message.call)?.name === 'log') told += String(message.args[0]);
  }
  // What comes after its first end message only tells that this supervisor ended it by throwing.
  const end = supervisor.received.find(({ type }) => type === 'end');
  writeFileSync(output, told + JSON.stringify(end));
});
