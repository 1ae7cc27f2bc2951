/**
 * Ends what a killed supervisor leaves. A running child notices by itself, at the end of its standard input; one that is stopped can't.
 * So a shell holds the list of the children, as long as there are any, and kills those on it when its own input ends. For systems
 * that have nothing of the kind themselves.
 */
import { type ChildProcess, spawn } from 'node:child_process';

const script = 'while read -r line; do pids=$line; done; [ -z "$pids" ] || kill -KILL $pids';

export class Warden {
  private readonly pids = new Set<number>();
  private shell: ChildProcess | undefined;

  add(pid: number): void {
    this.pids.add(pid);
    this.tell();
  }

  /** Call as soon as the process was reaped: its pid may be another's from now on. */
  delete(pid: number): void {
    this.pids.delete(pid);
    this.tell();
    if (this.pids.size > 0) return;
    this.shell?.stdin?.end();
    this.shell = undefined;
  }

  /** Which pids an end of the input is to end. */
  private tell(): void {
    this.shell ??= this.start();
    this.shell.stdin?.write(`${[...this.pids].join(' ')}\n`);
  }

  /** In a session of its own, so that no Ctrl-C reaches it. */
  private start(): ChildProcess {
    const shell = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
      cwd: '/',
      detached: true,
    });
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    // Somebody killed it: another takes over.
    shell.on('exit', () => {
      if (this.shell !== shell) return;
      this.shell = undefined;
      if (this.pids.size > 0) this.tell();
    });
    return shell;
  }
}
