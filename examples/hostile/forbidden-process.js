// `process` is no name that a program has: refused before it runs.

process.kill(1, 'SIGKILL');
