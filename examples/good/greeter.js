// Its arguments are in callargs. The yard runs several copies, each in a process and a directory of its own.

await log(`hello, ${callargs.join(' and ')}\n`);
