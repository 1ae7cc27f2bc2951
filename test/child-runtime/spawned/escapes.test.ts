/** The same, in the thread that a spawned child has for its guest. */
process.env.REPYARD_TEST_THREAD = 'own';
await import('../javascript/escapes.test.js');
