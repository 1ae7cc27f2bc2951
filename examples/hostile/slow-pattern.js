// A regular expression that takes longer than the universe lasts: no interpreter loop could interrupt it.

/^(a+)+$/.test(`${'a'.repeat(60)}b`);
