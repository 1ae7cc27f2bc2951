// biome-ignore-all lint/complexity/noArguments: counts the arguments without making an array for each call.
/** The methods of str. */
import { strMethods } from '../methods.js';
import { model, raise } from '../model.js';
import { integer } from '../operations/arguments.js';
import { between, installInto, type MethodTable, noArguments, oneArgument, unpacked } from '../operations/arity.js';
import { checkChars } from '../operations/bounds.js';
import { peekElementsOr } from '../operations/iterate.js';
import { PyList, PyTuple, type Value } from '../values.js';
import { rangeArguments, textArgument } from './arguments.js';
import * as letters from './case.js';
import './format.js';
import { strRepr } from './repr.js';
import { countIn, findIn, findLastIn, matchesAtEnd, matchesAtStart, partition, replace } from './search.js';
import { splitLines, splitOn, splitOnLast, splitOnLastSpace, splitOnSpace } from './split.js';

type Optional = Value | undefined;

/** Methods without arguments. */
function plain(name: string, apply: (text: string) => Value): (self: string) => Value {
  return function (self: string): Value {
    if (arguments.length !== 1) noArguments(name, arguments.length - 1);
    return apply(self);
  };
}

type Finder = (text: string, part: string, start: number, end: number) => number;

function finder(name: string, find: Finder, orRaise: boolean) {
  return function (self: string, part?: Value, start?: Value, end?: Value): Value {
    const given = arguments.length - 1;
    if (given === 1 && typeof part === 'string') {
      const at = find(self, part, 0, self.length);
      return at < 0 && orRaise ? raise('ValueError', 'substring not found') : at;
    }
    // They share one function in CPython; count() has its own.
    between(name === 'count' ? name : 'find/rfind/index/rindex', 1, 3, given);
    const [from, to] = rangeArguments(self.length, start, end);
    const at = find(self, textArgument(part), from, to);
    return at < 0 && orRaise ? raise('ValueError', 'substring not found') : at;
  };
}

function matcher(name: string, matches: (text: string, part: string, start: number, end: number) => boolean) {
  return function (self: string, part?: Value, start?: Value, end?: Value): Value {
    between(name, 1, 3, arguments.length - 1);
    const [from, to] = rangeArguments(self.length, start, end);
    if (typeof part === 'string') return matches(self, part, from, to);
    if (part instanceof PyTuple) return part.a.some((one) => matches(self, textArgument(one), from, to));
    return raise('TypeError', `${name} first arg must be str, unicode, or tuple, not ${model.typeName(part as Value)}`);
  };
}

/** Methods that pad to a width: `place` says how many of the missing chars go to the left. */
function padder(name: string, place: (missing: number, width: number) => number) {
  return function (self: string, width?: Value, fill?: Value): Value {
    between(name, 1, 2, arguments.length - 1);
    const wanted = integer(width as Value);
    if (fill !== undefined && (typeof fill !== 'string' || fill.length !== 1)) {
      raise('TypeError', `${name}() argument 2 must be char, not ${model.typeName(fill)}`);
    }
    const missing = wanted - self.length;
    if (missing <= 0) return self;
    checkChars(wanted);
    const left = place(missing, wanted);
    const char = (fill ?? ' ') as string;
    return char.repeat(left) + self + char.repeat(missing - left);
  };
}

const STRIP_LEFT = 1;
const STRIP_RIGHT = 2;

function stripper(name: string, sides: number) {
  return function (self: string, chars?: Value): Value {
    between(name, 0, 1, arguments.length - 1);
    if (chars !== undefined && chars !== null && typeof chars !== 'string') {
      return raise('TypeError', `${name} arg must be None, str or unicode`);
    }
    let from = 0;
    let to = self.length;
    const goes = (at: number): boolean =>
      typeof chars === 'string' ? chars.includes(self[at]!) : letters.isWhitespace(self.charCodeAt(at));
    if (sides & STRIP_LEFT) while (from < to && goes(from)) from += 1;
    if (sides & STRIP_RIGHT) while (to > from && goes(to - 1)) to -= 1;
    return self.slice(from, to);
  };
}

type Splitter = (text: string, separator: string, most: number) => string[];

function splitter(name: string, onText: Splitter, onSpace: (text: string, most: number) => string[]) {
  return function (self: string, separator?: Value, most?: Value): Value {
    between(name, 0, 2, arguments.length - 1);
    const bound = most === undefined ? -1 : integer(most);
    if (separator === undefined || separator === null) return new PyList(onSpace(self, bound));
    return new PyList(onText(self, textArgument(separator), bound));
  };
}

function parts(name: string, last: boolean) {
  return function (self: string, separator?: Value): Value {
    oneArgument(name, arguments.length - 1);
    return new PyTuple(partition(self, textArgument(separator), last));
  };
}

/** str.join; TypeError names the first element that is no str. */
export function join(self: string, elements: Value): string {
  const strings = peekElementsOr(elements, () => raise('TypeError', 'can only join an iterable'));
  let total = self.length * Math.max(0, strings.length - 1);
  for (let i = 0; i < strings.length; i++) {
    const part = strings[i]!;
    if (typeof part !== 'string') {
      return raise('TypeError', `sequence item ${i}: expected string, ${model.typeName(part)} found`);
    }
    total += part.length;
  }
  checkChars(total);
  return strings.length === 1 ? (strings[0] as string) : strings.join(self);
}

function translate(self: string, table?: Value, deleted?: Value): Value {
  unpacked('translate', 1, 2, arguments.length - 1);
  const map = table === null ? undefined : textArgument(table);
  if (map !== undefined && map.length !== 256) {
    return raise('ValueError', 'translation table must be 256 characters long');
  }
  const gone = deleted === undefined ? '' : textArgument(deleted);
  if (map === undefined && gone === '') return self;
  // One entry per byte: what becomes of it.
  const target = Array.from({ length: 256 }, (_, code) => {
    const char = String.fromCharCode(code);
    return gone.includes(char) ? '' : (map?.[code] ?? char);
  });
  const result: string[] = [];
  for (let i = 0; i < self.length; i++) result.push(target[self.charCodeAt(i)]!);
  return result.join('');
}

function expandTabs(self: string, size?: Value): Value {
  between('expandtabs', 0, 1, arguments.length - 1);
  const stop = size === undefined ? 8 : integer(size);
  if (stop > 0x7fffffff) raise('OverflowError', 'signed integer is greater than maximum');
  if (stop < -0x80000000) raise('OverflowError', 'signed integer is less than minimum');
  let column = 0;
  let result = '';
  for (const char of self) {
    if (char === '\t') {
      const blanks = stop > 0 ? stop - (column % stop) : 0;
      checkChars(result.length + blanks);
      result += ' '.repeat(blanks);
      column += blanks;
    } else {
      result += char;
      column = char === '\n' || char === '\r' ? 0 : column + 1;
    }
  }
  return result;
}

function zfill(self: string, width?: Value): Value {
  between('zfill', 1, 1, arguments.length - 1);
  const wanted = integer(width as Value);
  if (wanted <= self.length) return self;
  checkChars(wanted);
  const sign = self[0] === '-' || self[0] === '+' ? self[0] : '';
  return sign + self.slice(sign.length).padStart(wanted - sign.length, '0');
}

/*
 * The methods that programs use most are literals of their own, for V8 collects types per literal; their rarer forms are left to
 * the shared ones.
 */
const find = finder('find', findIn, false);
const startsWith = matcher('startswith', matchesAtStart);
const endsWith = matcher('endswith', matchesAtEnd);
const split = splitter('split', splitOn, splitOnSpace);
const strip = stripper('strip', STRIP_LEFT | STRIP_RIGHT);

const common: MethodTable = {
  find(self: string, part?: Value): Value {
    if (arguments.length === 2 && typeof part === 'string') return self.indexOf(part);
    return find.apply(undefined, arguments as unknown as Parameters<typeof find>);
  },
  startswith(self: string, part?: Value): Value {
    if (arguments.length === 2 && typeof part === 'string') return self.startsWith(part);
    return startsWith.apply(undefined, arguments as unknown as Parameters<typeof startsWith>);
  },
  endswith(self: string, part?: Value): Value {
    if (arguments.length === 2 && typeof part === 'string') return self.endsWith(part);
    return endsWith.apply(undefined, arguments as unknown as Parameters<typeof endsWith>);
  },
  split(self: string, separator?: Value): Value {
    if (arguments.length === 2 && typeof separator === 'string') return new PyList(splitOn(self, separator, -1));
    return split.apply(undefined, arguments as unknown as Parameters<typeof split>);
  },
  strip(self: string): Value {
    if (arguments.length !== 1) return strip.apply(undefined, arguments as unknown as Parameters<typeof strip>);
    let from = 0;
    let to = self.length;
    while (from < to && letters.isWhitespace(self.charCodeAt(from))) from += 1;
    while (to > from && letters.isWhitespace(self.charCodeAt(to - 1))) to -= 1;
    return from === 0 && to === self.length ? self : self.slice(from, to);
  },
  lower(self: string): Value {
    if (arguments.length !== 1) noArguments('lower', arguments.length - 1);
    return letters.lower(self);
  },
  upper(self: string): Value {
    if (arguments.length !== 1) noArguments('upper', arguments.length - 1);
    return letters.upper(self);
  },
};

const methods: MethodTable = {
  ...common,
  capitalize: plain('capitalize', letters.capitalize),
  swapcase: plain('swapcase', letters.swapCase),
  title: plain('title', letters.title),
  isalnum: plain('isalnum', letters.isAlnum),
  isalpha: plain('isalpha', letters.isAlpha),
  isdigit: plain('isdigit', letters.isDigit),
  islower: plain('islower', letters.isLower),
  isspace: plain('isspace', letters.isSpace),
  istitle: plain('istitle', letters.isTitle),
  isupper: plain('isupper', letters.isUpper),
  rfind: finder('rfind', findLastIn, false),
  index: finder('index', findIn, true),
  rindex: finder('rindex', findLastIn, true),
  count: finder('count', countIn, false),
  center: padder('center', (missing, width) => Math.floor(missing / 2) + (missing & width & 1)),
  ljust: padder('ljust', () => 0),
  rjust: padder('rjust', (missing) => missing),
  lstrip: stripper('lstrip', STRIP_LEFT),
  rstrip: stripper('rstrip', STRIP_RIGHT),
  rsplit: splitter('rsplit', splitOnLast, splitOnLastSpace),
  partition: parts('partition', false),
  rpartition: parts('rpartition', true),
  translate,
  expandtabs: expandTabs,
  zfill,
  join(self: string, elements?: Value): Value {
    oneArgument('join', arguments.length - 1);
    return join(self, elements as Value);
  },
  replace(self: string, part?: Value, by?: Value, most?: Value): Value {
    between('replace', 2, 3, arguments.length - 1);
    const bound: Optional = most;
    const count = bound === undefined ? -1 : integer(bound);
    return replace(self, textArgument(part), textArgument(by), count);
  },
  splitlines(self: string, keepEnds?: Value): Value {
    between('splitlines', 0, 1, arguments.length - 1);
    return new PyList(splitLines(self, keepEnds !== undefined && integer(keepEnds) !== 0));
  },
  __repr__: plain('__repr__', strRepr),
  __str__: plain('__str__', (text) => text),
};

installInto(strMethods, methods);
