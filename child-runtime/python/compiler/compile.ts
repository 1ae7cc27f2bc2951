/**
 * Compiles a checked program to JavaScript text and makes it runnable. The text names nothing but the runtime object `R`, its own
 * constants and its own variables: no global of JavaScript.
 */
import { compile } from '../../compile-function.js';
import { guestScript } from '../../harden/stack-frames.js';
import type { Module } from '../ast.js';
import type { PyCode, Value } from '../values.js';
import { Body } from './body.js';
import { declareLocals } from './names.js';
import { block } from './statements.js';
import { analyse } from './symbols.js';
import { generatorText, plainText, Unit, type UnitOptions } from './unit.js';

export interface Compiled {
  readonly text: string;
  readonly constants: readonly Value[];
  readonly codes: readonly PyCode[];
  readonly attributes: readonly string[];
  readonly file: string;
}

/** The module's top level as a function without arguments, and as a generator (open units only). */
export interface Program {
  readonly plain: () => Value;
  readonly generator: (() => Generator<unknown, Value, undefined>) | undefined;
}

/** What a program is linked to. `global` gives a closed unit the value of a predefined name, an open one the name's cell. */
export interface Linkage {
  readonly runtime: Readonly<Record<string, unknown>>;
  attribute(name: string): unknown;
  global(name: string): unknown;
}

export function compileModule(module: Module, options: UnitOptions): Compiled {
  const symbols = analyse(module);
  const unit = new Unit(options, symbols);
  const code = unit.code({
    name: '<module>',
    file: options.file,
    line: 1,
    params: [],
    varargs: false,
    varkw: false,
    lastFrame: undefined,
  });
  const b = new Body(unit, symbols.module, code);
  declareLocals(b, new Set());
  b.emit('try{');
  block(b, module.body);
  b.emit(`L=0;return null;}finally{if(L!==0)tb(${code},L);}`);
  const body = `let L=0;${b.declarations()}${b.text()}`;
  const main = `function(){${plainText(body)}}`;
  const both = options.closed ? main : `${main},generator:function*(){${generatorText(body)}}`;
  const text = `${prologue(unit)}${unit.factories.join('\n')}\nreturn {plain:${both}};`;
  return { text, constants: unit.constants, codes: unit.codes, attributes: unit.attributes, file: options.file };
}

function prologue(unit: Unit): string {
  const list = (from: string, prefix: string, length: number) =>
    Array.from({ length }, (_, i) => `${prefix}${i}=${from}[${i}]`);
  const constants = [
    ...list('K', 'k', unit.constants.length),
    ...list('Q', 'q', unit.codes.length),
    ...list('A', 'a', unit.attributes.length),
    ...unit.sites.map((text, i) => `s${i}=${text}`),
    ...[...unit.callees].map((name) => `b$${name}=P(${JSON.stringify(name)})`),
  ];
  const globals = unit.globals.map((name, i) =>
    unit.options.closed ? `g$${name}=P(${JSON.stringify(name)})` : `g${i}=P(${JSON.stringify(name)})`,
  );
  return [
    `const {${[...unit.helpers].join(',')}}=R;`,
    constants.length === 0 ? '' : `const ${constants.join(',')};`,
    // `var`: V8 checks each read of a `let` or `const` from an inner function for not being initialised.
    globals.length === 0 ? '' : `var ${globals.join(',')};`,
    '\n',
  ].join('');
}

/** Turns the text into a function once; what it gives can then be linked to any number of contexts. */
export function load(compiled: Compiled): (linkage: Linkage) => Program {
  const make = compile(`'use strict';${compiled.text}`, ['R', 'K', 'Q', 'A', 'P'], guestScript(compiled.file));
  return (linkage) => {
    const attributes = compiled.attributes.map((name) => linkage.attribute(name));
    return make(linkage.runtime, compiled.constants, compiled.codes, attributes, linkage.global) as Program;
  };
}
