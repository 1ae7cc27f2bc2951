/** A scripted child with ports of its own, over the loopback. */
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Restrictions } from '../../../restrictions/restrictions.js';
import type { SessionOptions } from '../../../supervisor/broker/session.js';
import { restrict } from '../../nanny/limits.js';
import { type FakeChild, plenty, type Reply, type Scene, stage } from '../fake-child.js';

/**
 * The process's own address: so neither tests that run at the same time nor connections that the host is still cleaning up
 * get in the way.
 */
export const loopback = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

const [firstPort, lastPort] = [63_500, 63_779];

export const networkLimits: Record<string, number> = {
  ...plenty,
  insockets: 5,
  outsockets: 5,
  netsend: 1e12,
  netrecv: 1e12,
  loopsend: 1e12,
  looprecv: 1e12,
};

/** Ports that nothing uses now, outside of the range that the host gives to whoever asks for any; others are for other tests. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let port = firstPort + randomInt(200); ports.length < count; port += 1) {
    if (port > lastPort) port = firstPort;
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, loopback, () => server.close(() => resolve(true)));
  });
}

export interface NetworkScene extends Scene {
  /** Ports that the program has. */
  readonly ports: number[];
}

export async function networkStage(
  path: string,
  {
    limits = networkLimits,
    ports,
    network,
    policy,
  }: {
    limits?: Record<string, number>;
    ports?: number[];
    network?: Restrictions['network'];
    policy?: SessionOptions['network'];
  } = {},
): Promise<NetworkScene> {
  const own = ports ?? (await freePorts(4));
  const scene = await stage(path, limits, policy === undefined ? {} : { network: policy });
  const given = { messport: new Set(own), connport: new Set(own), ...(network === undefined ? {} : { network }) };
  scene.nanny.change(restrict(limits, given));
  return { ...scene, ports: own };
}

/** Asks again as long as the call would block. */
export async function poll(ask: () => Promise<Reply>, tries = 30_000): Promise<Reply> {
  for (let left = tries; ; left -= 1) {
    const reply = await ask();
    if (reply.type === 'answer' || reply.exception !== 'SocketWouldBlockError' || left === 0) return reply;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export function answer(reply: Reply): unknown {
  if (reply.type === 'failure') throw new Error(`${reply.exception}: ${reply.message}`);
  return reply.value;
}

export interface Pair {
  readonly server: number;
  readonly client: number;
  readonly peer: number;
}

/** A connection of the child with itself, from the second port to the first. */
export async function connectPair(child: FakeChild, [listening, calling]: readonly number[]): Promise<Pair> {
  const server = (await child.value('listenforconnection', loopback, listening!)) as number;
  const client = (await child.value('openconnection', loopback, listening!, loopback, calling!, 60)) as number;
  const [, , peer] = answer(await poll(() => child.call('tcp-server.getconnection', server))) as [
    string,
    number,
    number,
  ];
  return { server, client, peer };
}

/** Sends everything, as fast as the buffers let it, while the other end is read; what the other end got. */
export async function transfer(child: FakeChild, from: number, to: number, data: string): Promise<string> {
  let sent = 0;
  let got = '';
  while (got.length < data.length) {
    if (sent < data.length) {
      const reply = await child.call('socket.send', from, data.slice(sent));
      if (reply.type === 'answer') sent += reply.value as number;
    }
    const reply = await child.call('socket.recv', to, 100_000);
    if (reply.type === 'answer') got += reply.value as string;
    else if (reply.exception !== 'SocketWouldBlockError') throw new Error(reply.message);
  }
  return got;
}

/** Makes the program listen, and fills the queue: what comes next is dropped, as by a host that can't be reached. Returns what ends it. */
export async function fullListener(child: FakeChild, port: number): Promise<() => void> {
  await child.value('listenforconnection', loopback, port);
  const waiting: Socket[] = [];
  for (let i = 0; i < 70; i += 1) waiting.push(connect(port, loopback).on('error', () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return () => {
    for (const socket of waiting) socket.destroy();
  };
}

/** A peer that isn't a program of ours. */
export async function outsider(port: number, serve: (socket: Socket) => void): Promise<Server> {
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(port, loopback, resolve));
  return server;
}

export const descriptors = (): number => readdirSync('/proc/self/fd').length;
