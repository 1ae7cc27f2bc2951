/** Every size and count that a guest can influence on the channel, in one place. Both sides keep to them; the supervisor enforces them. */
export const bounds = {
  /** Bytes of file or message data in one request or answer; the child's API layer splits larger reads and writes. */
  dataBytes: 1 << 20,
  /** Bytes of one frame after its length field: data plus room for the other arguments. */
  frameBytes: (1 << 20) + 4096,
  /** Bytes of one frame from the supervisor: the program's text, or the list of a directory with `directoryEntries` names. */
  supervisorFrameBytes: 6 << 20,
  /** Entries of a program's directory, existing ones included; openfile creates no more. */
  directoryEntries: 16384,
  /** Bytes of program text that the supervisor sends. RepyV2 has no bound; its own largest library is 60 kB. */
  programBytes: 4 << 20,
  /** Requests of one guest that are being served at once; further frames are left unread in the socket. */
  requestsInFlight: 64,
  /** Nesting of lists and dicts in a value. */
  valueDepth: 8,
  /** Elements of one list or dict in a value that a child sends. */
  valueElements: 4096,
  /** Bytes of an error report or refusal text that a child sends when it ends. */
  reportBytes: 64 << 10,
} as const;
