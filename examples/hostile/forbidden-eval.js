// Code from a string would escape the check.
// biome-ignore lint/security/noGlobalEval: here to be refused before it runs
eval('1 + 1');
