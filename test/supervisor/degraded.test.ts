/** Every way for a program to end, where there is nothing but STOP, CONT and /proc. */
process.env.REPYARD_TEST_LIMITER = 'polling';
await import('./outcomes.test.js');
