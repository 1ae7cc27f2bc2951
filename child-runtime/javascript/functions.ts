/** The API's functions under RepyV2's names, as guests call them. Made once; each acts on the program of its process. */
import type { ApiName } from '../../protocol/api.js';
import { endExitall } from './ending.js';
import { acquire, createLock, release } from './locks.js';
import { logItem } from './log-items.js';
import { createNamespace, evaluate } from './namespaces.js';
import { ask, checkLocal } from './perform.js';
import { session } from './session.js';
import { createThread } from './threads.js';

/** One log call: RepyV2's spaces between the items, nothing at the end. */
export function logItems(items: readonly string[]): Promise<unknown> {
  return ask('log', [session().softSpace.join(items)]);
}

// Methods, because they can't be constructed and carry no `prototype`.
export const apiFunctions: Readonly<Record<string, unknown>> = {
  log(...items: unknown[]): Promise<unknown> {
    return logItems(items.map(logItem));
  },

  sleep(...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      try {
        checkLocal('sleep', args);
        const { host, timers } = session();
        timers.add(host.now() + (args[0] as number), () => resolve(undefined));
      } catch (error) {
        reject(error);
      }
    });
  },

  openfile(...args: unknown[]): Promise<unknown> {
    return ask('openfile', args);
  },

  listfiles(...args: unknown[]): Promise<unknown> {
    return ask('listfiles', args);
  },

  removefile(...args: unknown[]): Promise<unknown> {
    return ask('removefile', args);
  },

  randombytes(...args: unknown[]): Promise<unknown> {
    return ask('randombytes', args);
  },

  gethostbyname(...args: unknown[]): Promise<unknown> {
    return ask('gethostbyname', args);
  },

  getmyip(...args: unknown[]): Promise<unknown> {
    return ask('getmyip', args);
  },

  sendmessage(...args: unknown[]): Promise<unknown> {
    return ask('sendmessage', args);
  },

  listenformessage(...args: unknown[]): Promise<unknown> {
    return ask('listenformessage', args);
  },

  openconnection(...args: unknown[]): Promise<unknown> {
    return ask('openconnection', args);
  },

  listenforconnection(...args: unknown[]): Promise<unknown> {
    return ask('listenforconnection', args);
  },

  getresources(...args: unknown[]): Promise<unknown> {
    return ask('getresources', args);
  },

  getruntime(...args: unknown[]): number {
    checkLocal('getruntime', args);
    const { host, startedAt } = session();
    return host.now() - startedAt;
  },

  createlock(...args: unknown[]): object {
    checkLocal('createlock', args);
    return createLock();
  },

  createthread(...args: unknown[]): void {
    createThread(...args);
  },

  createvirtualnamespace(...args: unknown[]): object {
    return createNamespace(...args);
  },

  exitall(...args: unknown[]): never {
    checkLocal('exitall', args);
    return endExitall();
  },
};

/** A method of a handle, which is the first argument. */
export function handleMethod(name: ApiName, args: readonly unknown[]): unknown {
  switch (name) {
    case 'lock.acquire':
      return acquire(...args);
    case 'lock.release':
      return release(...args);
    case 'namespace.evaluate':
      return evaluate(...args);
    default:
      return ask(name, args);
  }
}
