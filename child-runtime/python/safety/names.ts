/** RepyV2's rule for names (safe.py, `_is_string_safe`): they reach into the interpreter, or into a class's private parts. */
const allowed = new Set(['__init__', '__del__', '__iter__', '__repr__', '__str__']);
const forbidden = new Set(['encode', 'decode']);
const forbiddenStart = /^(?:im_|func_|tb_|f_|co_)/;

/** Whether a program may use `name` for a variable, attribute, function, class, keyword argument, or SafeDict key. */
export function isSafeName(name: string): boolean {
  if (allowed.has(name)) return true;
  return !forbidden.has(name) && !name.includes('__') && !forbiddenStart.test(name);
}
