import { execa } from 'execa';
import t from 'tap';
import { addonPath } from '../../../seccomp/native/addon.js';

const readelf = await execa('readelf', ['--version'], { reject: false });
const lacks = readelf.exitCode === 0 ? false : 'needs readelf';

t.test('the addon is hardened', { skip: lacks }, async (t) => {
  const { stdout } = await execa('readelf', ['--wide', '--program-headers', '--dynamic', '--symbols', addonPath]);
  t.match(stdout, /GNU_RELRO/);
  t.match(stdout, /\(FLAGS\)\s+BIND_NOW/);
  t.match(stdout, /GNU_STACK.* RW /, 'its stack is not executable');
  t.match(stdout, /__stack_chk_fail/);
  t.notMatch(stdout, /TEXTREL|RWE/);
});

t.test('the addon exports what it interposes and what Node-API asks for, nothing else', { skip: lacks }, async (t) => {
  const { stdout } = await execa('readelf', ['--wide', '--dyn-syms', addonPath]);
  const exported = [...stdout.matchAll(/GLOBAL\s+DEFAULT\s+\d+\s+(\S+)/g)].map(([, name]) => name);
  t.same(exported.sort(), [
    'abort',
    'calloc',
    'epoll_pwait',
    'epoll_wait',
    'madvise',
    'malloc',
    'mmap64',
    'mprotect',
    'munmap',
    'napi_register_module_v1',
    'node_api_module_get_api_version_v1',
    'posix_memalign',
    'pthread_cond_wait',
    'pthread_create',
    'realloc',
    'syscall',
  ]);
});
