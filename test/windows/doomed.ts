/** A supervisor that is to be killed: starts a program, says its pid and waits. */
import { startInJob } from './host.js';

const { child } = await startInJob('setInterval(() => {}, 1000)');
console.log(child.pid);
setInterval(() => undefined, 1000);
