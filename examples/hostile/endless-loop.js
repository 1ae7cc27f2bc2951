// Never gives up the processor. It gets its quota and no more, and stopping it needs no help from it.

for (;;) {}
