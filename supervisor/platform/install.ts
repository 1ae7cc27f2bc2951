/** What npm runs after installing the package, by `bin/install.js`: what programs of this system take besides it. */
import { hostPlatform } from './host.js';

// Windows' native part is koffi's, which comes built; other systems have none.
if ((await hostPlatform()).kind === 'linux') await import('../../seccomp/native/install.js');
