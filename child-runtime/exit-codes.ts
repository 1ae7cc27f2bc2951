/** The exit code of each way in which a child ends its program: RepyV2's internal codes. */
import type { EndMessage } from '../protocol/messages.js';

export const endCodes: Readonly<Record<EndMessage['reason'], number>> = {
  exited: 0,
  exitall: 200,
  uncaught: 6,
  unsafe: 5,
  memory: 98,
  events: 98,
};
