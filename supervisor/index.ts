/** The package's public face: `import { loadRestrictions, Supervisor } from 'repyard'`. */
export type { Language } from '../protocol/messages.js';
export { addRestrictions, excess, fits, subtractRestrictions } from '../restrictions/arithmetic.js';
export {
  PolicyError,
  ResourceMathError,
  ResourceParseError,
  ResourceValueError,
  RestrictionsError,
  RestrictionsSizeError,
} from '../restrictions/errors.js';
export { formatJsonPolicy, formatRepyV2Text } from '../restrictions/format.js';
export { loadRestrictions } from '../restrictions/load.js';
export type { Restrictions } from '../restrictions/restrictions.js';
export { CircularLog } from './broker/circular-log.js';
export type { LogSink } from './broker/log-sink.js';
export { StreamLog } from './broker/stream-log.js';
export { SupervisorError } from './errors.js';
export { LimitsError } from './limits/errors.js';
export type * from './outcome.js';
export type { NetworkPolicy, Program, ProgramSpec, ProgramStatus } from './program.js';
export { Supervisor, type SupervisorOptions } from './supervisor.js';
