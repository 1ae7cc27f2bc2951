/** The network calls of the API, as one program makes them. RepyV2's emulcomm.py: order of checks, costs and messages are its. */
import { RepyError } from '../../../protocol/exceptions.js';
import type { WireValue } from '../../../protocol/values.js';
import { WireFloat } from '../../../protocol/values.js';
import type { Nanny } from '../../nanny/nanny.js';
import type { NetworkPolicy } from '../../program-spec.js';
import { type Maybe, then } from '../maybe.js';
import { oneSpelling } from './addresses.js';
import { Connection, closedConnection, mostReceived } from './connection.js';
import { type Endpoint, NetworkContext } from './context.js';
import { Handles } from './handles.js';
import type { HostSockets } from './host-sockets.js';
import { anyAddress, LocalAddresses } from './local-addresses.js';
import { costs, Meter } from './meter.js';
import { HostResolver, isNumeric, type NameResolver } from './resolver.js';
import { TcpCalls } from './tcp-calls.js';
import { TcpServer } from './tcp-server.js';
import { UdpCalls } from './udp-calls.js';
import { closedServer, UdpServer } from './udp-server.js';

export interface NetworkOptions {
  readonly nanny: Nanny;
  /** Default: any address of the host. */
  readonly policy?: NetworkPolicy;
  readonly resolver?: NameResolver;
  readonly sockets: HostSockets;
}

type Arguments = readonly WireValue[];
type Bytes = string | Uint8Array;
type Handler = (args: Arguments) => Maybe<WireValue>;

const hostResolver = new HostResolver();

export class Network {
  private readonly handles = new Handles();
  private readonly context: NetworkContext;
  private readonly udp: UdpCalls;
  private readonly tcp: TcpCalls;

  /** By the guest's name for the call. */
  readonly handlers: ReadonlyArray<readonly [string, Handler]> = [
    ['gethostbyname', ([name]) => this.resolve(text(name))],
    ['getmyip', () => this.ownAddress()],
    [
      'sendmessage',
      ([destip, destport, message, localip, localport]) =>
        this.udp.sendMessage(endpoint(destip, destport), message as Bytes, endpoint(localip, localport)),
    ],
    ['listenformessage', ([localip, localport]) => this.udp.listen(endpoint(localip, localport))],
    ['udp-server.getmessage', ([handle]) => this.getMessage(handle as number)],
    ['udp-server.close', ([handle]) => this.closeServer(UdpServer, handle as number)],
    [
      'openconnection',
      ([destip, destport, localip, localport, timeout]) =>
        this.tcp.open(endpoint(destip, destport), endpoint(localip, localport), seconds(timeout)),
    ],
    ['listenforconnection', ([localip, localport]) => this.tcp.listen(endpoint(localip, localport))],
    ['tcp-server.getconnection', ([handle]) => this.getConnection(handle as number)],
    ['tcp-server.close', ([handle]) => this.closeServer(TcpServer, handle as number)],
    ['socket.send', ([handle, message]) => this.send(handle as number, message as Bytes)],
    ['socket.recv', ([handle, most]) => this.receive(handle as number, most as number)],
    ['socket.close', ([handle]) => this.close(handle as number)],
  ];

  constructor(private readonly options: NetworkOptions) {
    const { native, connector } = options.sockets;
    const local = new LocalAddresses(options.policy ?? anyAddress, native);
    this.context = new NetworkContext(options.nanny, local, connector, native);
    this.udp = new UdpCalls(this.context, this.handles);
    this.tcp = new TcpCalls(this.context, this.handles);
  }

  /** Bytes that the call's answer may hold, beyond a few. */
  expectedBytes(name: string, args: Arguments): number {
    if (name === 'socket.recv') return Math.min(args[1] as number, mostReceived);
    return name === 'udp-server.getmessage' ? mostReceived : 0;
  }

  /** Closes every descriptor, those that are connecting included. Nothing can be opened afterwards. */
  end(): void {
    this.handles.end();
    this.tcp.end();
  }

  private resolve(name: string): Maybe<string> {
    const { resolver = hostResolver, nanny } = this.options;
    const { names, ipv6 } = this.context.rules;
    if (!names && !isNumeric(name, ipv6)) {
      throw new RepyError('ResourceForbiddenError', `Looking up names is not allowed! Name: '${name}'`);
    }
    const charged = new Meter(nanny).charge(costs.resolve, undefined);
    return then(charged, async () => {
      const address = await resolver.resolve(name, ipv6);
      if (address !== undefined) return address;
      throw new RepyError('NetworkAddressError', `The hostname '${name}' could not be resolved.`);
    });
  }

  private ownAddress(): Maybe<string> {
    const charged = new Meter(this.options.nanny).charge(costs.ownAddress, undefined);
    return then(charged, () => this.context.local.own());
  }

  private getMessage(handle: number): Maybe<WireValue> {
    const server = this.handles.find(UdpServer, handle);
    if (server === undefined) throw closedServer();
    return server.getMessage(() => this.handles.has(handle));
  }

  private getConnection(handle: number): Maybe<WireValue> {
    const server = this.handles.find(TcpServer, handle);
    if (server === undefined) throw closedServer();
    return server.getConnection<WireValue>(
      () => this.handles.has(handle),
      ({ connection, remote }) => [remote.address, remote.port, this.handles.add(connection)],
    );
  }

  /** RepyV2 says true however often it is closed. */
  private closeServer(kind: typeof UdpServer | typeof TcpServer, handle: number): boolean {
    const server = kind === UdpServer ? this.handles.find(UdpServer, handle) : this.handles.find(TcpServer, handle);
    this.handles.delete(handle);
    server?.close();
    return true;
  }

  private send(handle: number, message: Bytes): Maybe<number> {
    const connection = this.handles.find(Connection, handle);
    if (connection === undefined) throw closedConnection();
    return connection.send(message, () => this.handles.has(handle));
  }

  private receive(handle: number, most: number): Maybe<string> {
    const connection = this.handles.find(Connection, handle);
    if (connection === undefined) throw closedConnection();
    return connection.receive(most, () => this.handles.has(handle));
  }

  private close(handle: number): Maybe<boolean> {
    const connection = this.handles.find(Connection, handle);
    if (connection === undefined) return false;
    this.handles.delete(handle);
    return connection.close();
  }
}

const text = (value: WireValue | undefined): string =>
  typeof value === 'string' ? value : Buffer.from(value as Uint8Array).toString('latin1');
/** An IPv6 address has many spellings; from here on it has one. */
const endpoint = (address: WireValue | undefined, port: WireValue | undefined): Endpoint => ({
  address: oneSpelling(text(address)),
  port: port as number,
});
const seconds = (value: WireValue | undefined): number =>
  value instanceof WireFloat ? value.value : (value as number);
