// Makes a web server's log for the example yard: the same one each time. node make-access-log.js FILE [LINES]

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [file, count = '60000'] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node make-access-log.js FILE [LINES]');

const pages = ['/', '/index.html', '/about', '/products', '/products/42', '/login', '/api/items', '/img/logo.png'];
const statuses = [200, 200, 200, 200, 200, 200, 304, 404, 404, 500];

// Numerical Recipes' generator: good enough for an example, and the same everywhere.
let state = 20260307;
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const pick = (list) => list[random(list.length)];
const two = (number) => String(number).padStart(2, '0');

const lines = [];
for (let line = 0; line < Number(count); line += 1) {
  const time = `${two(Math.floor(line / 3600) % 24)}:${two(Math.floor(line / 60) % 60)}:${two(line % 60)}`;
  const address = `10.${random(256)}.${random(256)}.${random(256)}`;
  lines.push(
    `${address} - - [07/Mar/2026:${time} +0000] "GET ${pick(pages)} HTTP/1.1" ${pick(statuses)} ${random(20000)}\n`,
  );
}
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, lines.join(''));
