/**
 * How many sockets all programs together may hold: descriptors are the supervisor's, which also needs them to start programs and
 * to open their files.
 */
import { readFileSync } from 'node:fs';

/** Of the descriptors that the supervisor may have. */
const share = 0.5;
/** Where the system doesn't say how many those are. */
const ordinary = 1024;

export class DescriptorRoom {
  private taken = 0;

  constructor(private readonly most: number) {}

  /** False when all are taken. */
  take(): boolean {
    if (this.taken >= this.most) return false;
    this.taken += 1;
    return true;
  }

  giveBack(): void {
    this.taken -= 1;
  }
}

function allowed(): number {
  try {
    const [, soft = ''] = /^Max open files\s+(\w+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft) || ordinary;
  } catch {
    return ordinary;
  }
}

export const hostRoom = new DescriptorRoom(Math.floor(allowed() * share));
