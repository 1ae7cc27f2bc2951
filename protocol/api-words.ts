/** What each call of the API is for, in a sentence or two: for the documentation and the editor's help, not for programs at run time. */
import type { ApiName } from './api.js';

export const apiWords: Readonly<Record<ApiName, string>> = {
  log: "Writes the items to the program's log, with RepyV2's spaces between them and nothing at the end.",
  openfile:
    "Opens a file of the program's own directory, and creates it if `create` is true. A name has 1 to 120 characters of a-z, 0-9, `.`, `-` and `_`, and begins with no period.",
  'file.readat':
    'Reads at most `sizelimit` bytes from `offset` on, fewer at the end of the file; all that follows for none.',
  'file.writeat': 'Writes all of `data` at `offset`, which may be the end of the file but not beyond it.',
  'file.close': 'Closes the file.',
  listfiles: "The names of the files in the program's directory.",
  removefile: 'Removes a file that is not open.',
  randombytes: '1024 random bytes.',
  getresources:
    'The limits, the use of each resource, and when the program was stopped for its cpu limit (time, seconds).',
  sleep: 'Waits so many seconds.',
  getruntime: 'Seconds since the program was started.',
  exitall: 'Ends the program at once, all its threads included.',
  gethostbyname: 'The address of a host by its name.',
  getmyip:
    "The program's own address: the first listed one that the host has, or the one by which the world is reached.",
  sendmessage:
    'Sends one UDP message of at most 9216 bytes; returns its length. From the socket that listens on `localport`, if there is one.',
  listenformessage: 'Listens for UDP messages.',
  'udp-server.getmessage': 'The next message with its sender: (remote IP, remote port, message). Never waits for one.',
  'udp-server.close': 'Closes the socket. True, however often.',
  openconnection: 'Connects by TCP, and waits for that at most `timeout` seconds.',
  listenforconnection: 'Listens for TCP connections. Up to 64 of them may wait to be accepted.',
  'tcp-server.getconnection':
    'The next connection with its peer: (remote IP, remote port, socket). Never waits for one.',
  'tcp-server.close': 'Closes the socket. True, however often. Connections that were accepted stay open.',
  'socket.send':
    'Sends as many of the bytes as there is room for, 19,999 at most, and returns how many that were. What was taken arrives, unless the peer closes or resets first.',
  'socket.recv': 'Reads 1 to `bytes` bytes that have arrived, 65,536 at most. Never waits for any.',
  'socket.close': 'Closes the connection; what was sent before is still delivered. False when it was closed already.',
  createlock: 'A lock, which any thread may release.',
  'lock.acquire': 'Takes the lock, and waits for it if `blocking` is true. Whether the caller has it.',
  'lock.release': 'Gives the lock back.',
  createthread: 'Calls the function in a thread of its own.',
  getthreadname: 'The name of the thread that asks.',
  getlasterror: 'The report of the last exception that was caught, or nothing.',
  createvirtualnamespace:
    'Checks code, to be evaluated later, as often as wanted. `name` is shown in its error reports.',
  'namespace.evaluate': 'Runs the code with `context` as its global names; returns them as they are then.',
};
