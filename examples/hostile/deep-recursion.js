// Runs out of stack: an error like any other, which nothing here catches.

function deeper(depth) {
  return deeper(depth + 1) + 1;
}
deeper(0);
