/** Every error of the launcher. `detail` holds what the zygote printed, bounded, untrusted only as far as the engine is. */
export type LaunchErrorCode =
  | 'ENGINE_MISSING'
  | 'ZYGOTE_NOT_STARTED'
  | 'NO_WORLD'
  | 'ZYGOTE_DIED'
  | 'ZYGOTE_SILENT'
  | 'CHILD_NOT_READY'
  | 'NOT_FORKED'
  | 'NOT_RESIZED'
  | 'LAUNCHER_CLOSED'
  | 'BAD_REQUEST';

export class LaunchError extends Error {
  override readonly name = 'LaunchError';
  constructor(
    readonly code: LaunchErrorCode,
    message: string,
    readonly detail = '',
    options?: ErrorOptions,
  ) {
    super(detail === '' ? message : `${message}\n${detail}`, options);
  }
}

export const launchErrors = {
  noWorld: ({ why, fix }: { readonly why: string; readonly fix: string }, stderr: string) =>
    new LaunchError('NO_WORLD', `the kernel refuses what programs are shut into: ${why}. To fix it, ${fix}`, stderr),
  engineMissing: (name: string, version: string, found: string, cause?: unknown) =>
    new LaunchError(
      'ENGINE_MISSING',
      `the pinned engine ${name}@${version} is needed, but ${found}; run \`npm install --include=optional\``,
      '',
      { cause },
    ),
  notStarted: (why: string, stderr: string) =>
    new LaunchError('ZYGOTE_NOT_STARTED', `the zygote could not start: ${why}`, stderr),
  died: (how: string, stderr: string) => new LaunchError('ZYGOTE_DIED', `the zygote died (${how})`, stderr),
  silent: (ms: number) =>
    new LaunchError('ZYGOTE_SILENT', `the zygote did not answer a fork request within ${ms} ms and was killed`),
  notForked: (why: string, cause?: unknown) =>
    new LaunchError('NOT_FORKED', `the child could not be forked: ${why}`, '', { cause }),
  childNotReady: (why: string, stderr: string) =>
    new LaunchError('CHILD_NOT_READY', `the program's process could not start: ${why}`, stderr),
  notResized: (memory: number, error: string) =>
    new LaunchError('NOT_RESIZED', `the child's resource limits can't be set for memory ${memory}: ${error}`),
  closed: () => new LaunchError('LAUNCHER_CLOSED', 'the launcher is closed'),
  badRequest: (what: string) => new LaunchError('BAD_REQUEST', `bad launch request: ${what}`),
} as const;
