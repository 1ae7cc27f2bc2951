// Reads the web server's log in its directory, piece by piece, and writes a report beside it.
// Every readat takes from the `fileread` quota: a program that reads too fast waits, nobody else notices.

const pieceSize = 256 * 1024;
const statuses = new Map();
const pages = new Map();
let requests = 0;
let bytesSent = 0;

function count(map, key, amount = 1) {
  map.set(key, (map.get(key) ?? 0) + amount);
}

// 10.1.2.3 - - [07/Mar/2026:10:11:12 +0000] "GET /page HTTP/1.1" 200 5120
const lineForm = /^\S+ \S+ \S+ \[[^\]]+\] "\S+ (\S+) [^"]*" (\d{3}) (\d+)/;

function take(line) {
  const match = lineForm.exec(line);
  if (match === null) return;
  requests += 1;
  bytesSent += Number(match[3]);
  count(statuses, match[2]);
  count(pages, match[1]);
}

const file = await openfile('access.log', false);
let offset = 0;
let rest = '';
for (;;) {
  const piece = await file.readat(pieceSize, offset);
  if (piece === '') break;
  offset += piece.length;
  const lines = (rest + piece).split('\n');
  rest = lines.pop();
  for (const line of lines) take(line);
}
await file.close();

function top(map, howMany) {
  return [...map].sort((a, b) => b[1] - a[1]).slice(0, howMany);
}

const report = [
  `${requests} requests, ${bytesSent} bytes sent`,
  ...top(statuses, 10).map(([status, times]) => `status ${status}: ${times}`),
  ...top(pages, 5).map(([page, times]) => `page ${page}: ${times}`),
].join('\n');

const output = await openfile('report.txt', true);
await output.writeat(`${report}\n`, 0);
await output.close();
await log(`${report}\n`);
