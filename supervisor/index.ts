/** The package's public face: `import { Supervisor } from 'repyard'`. */
export type { LogSink } from './broker/log-sink.js';
export { SupervisorError } from './errors.js';
export type * from './outcome.js';
export type { NetworkPolicy, Program, ProgramSpec, ProgramStatus } from './program.js';
export { Supervisor, type SupervisorOptions } from './supervisor.js';
