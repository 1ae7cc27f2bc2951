/** The programs behind the command lines in probe_cli.txt. */
export const programs: Readonly<Record<string, string>> = {
  'hello.r2py': 'log("hello", callargs, callfunc, "\\n")\n',
  'exc.r2py': 'def f():\n  g()\ndef g():\n  return 1 + "a"\nlog("before\\n")\nf()\n',
  'unsafe.r2py': 'import os\n',
  'syntax.r2py': 'a = 1\nb = = 2\n',
  'exitall.r2py': 'log("a\\n")\nexitall()\nlog("b\\n")\n',
  'threadexc.r2py': 'def t():\n  sleep(0.1)\n  raise Exception("in thread")\ncreatethread(t)\nsleep(5)\nlog("no\\n")\n',
  'threadlate.r2py': 'def t():\n  sleep(0.3)\n  log("thread done\\n")\ncreatethread(t)\nlog("main done\\n")\n',
  'sysexit.r2py': 'raise SystemExit\n',
  'kbd.r2py': 'raise KeyboardInterrupt\n',
  'builtin.r2py': "open('x')\n",
  'argerr.r2py': 'openfile(3, True)\n',
  'logfmt.r2py':
    'log("a")\nlog("b", "c")\nlog("d", 3, None, 2.5, "e\\n")\nlog("x\\ty", "", "z", "\\n")\nlog("end\\n")\n',
  'ticker.r2py': 'while True:\n  log("tick\\n")\n  sleep(0.2)\n',
  'h2.r2py': 'log("hello", callargs, callfunc, "\\n")\n',
};

/** What was written to the stop file. */
export const stopFiles: Readonly<Record<string, string>> = {
  'stop-empty': '',
  'stop-44': '44;bye',
  'stop-3': '3;bye three',
  'stop-56': '56;nope',
  'stop-garbage': 'garbage',
  'stop-7-nomsg': '7;',
};

/** RepyV2's internal codes, lost on Linux. */
export const codes: Readonly<Record<string, number>> = {
  noargs: 4,
  help: 4,
  onearg: 4,
  badopt: 4,
  'missing-restrictions': 3,
  'missing-program': 4,
  exc: 6,
  unsafe: 5,
  syntax: 5,
  exitall: 200,
  threadexc: 30,
  sysexit: 4,
  kbd: 6,
  builtin: 6,
  argerr: 6,
  logfile: 6,
  'status-exitall': 200,
  'status-exc': 6,
  'status-unsafe': 5,
  'cwd-missing': 3,
  servicelog: 6,
  'stop-exists': 3,
  'stop-empty': 44,
  'stop-44': 44,
  'stop-3': 3,
  'stop-56': 44,
  'stop-garbage': 44,
  'stop-7-nomsg': 7,
};
