/** Well-behaved programs of the soak, in the shape of attacks: each uses a part of what the supervisor holds for programs. */
import type { NamedAttack } from '../hostile/corpus.js';

const good = (name: string, language: NamedAttack['language'], source: string, logs: RegExp): NamedAttack => ({
  name,
  kind: 'good',
  aim: 'does its work and ends',
  language,
  source,
  ends: ['exited', 'exitall'],
  logs,
  untouched: ['host files'],
  restrictions: [
    'messport 63790',
    'connport 63790',
    'insockets 2',
    'outsockets 2',
    'netsend 1e6',
    'netrecv 1e6',
    'loopsend 1e6',
    'looprecv 1e6',
  ],
});

export const goodPrograms: readonly NamedAttack[] = [
  good('hello', 'javascript', `log('hello');`, /hello/),
  good(
    'files',
    'javascript',
    `const files = await Promise.all([1, 2, 3].map((n) => openfile('f' + n, true)));
     await Promise.all(files.map((file) => file.writeat('x'.repeat(9000), 0)));
     log((await files[1].readat(null, 0)).length);
     await files[0].close();
     await removefile('f1');
     log((await listfiles()).length);`,
    /9000.*2/s,
  ),
  good(
    'threads and timers',
    'typescript',
    `const done: string[] = [];
     createthread(() => { done.push('thread'); });
     await Promise.all([sleep(0.01), sleep(0.02)]);
     log(done.join());`,
    /thread/,
  ),
  good('random', 'javascript', `log((await randombytes()).length);`, /1024/),
  good(
    'an open end',
    'javascript',
    `await openfile('left-open', true); setTimeout(() => {}, 1e6); log('bye'); exitall();`,
    /bye/,
  ),
  good('python', 'python', `log(sum([n * n for n in range(100)]))`, /328350/),
  good(
    'python files',
    'python',
    `handle = openfile('data', True)\nhandle.writeat('abc' * 1000, 0)\nlog(len(handle.readat(None, 0)))\nhandle.close()\nremovefile('data')`,
    /3000/,
  ),
  good(
    'python threads',
    'python',
    `lock = createlock()\nmycontext['n'] = 0\ndef work():\n  lock.acquire(True)\n  mycontext['n'] += 1\n  lock.release()\nfor i in range(4):\n  createthread(work)\nwhile mycontext['n'] < 4:\n  sleep(0.01)\nlog('all', mycontext['n'])`,
    /all 4/,
  ),
];
