/**
 * Classes. The body runs in place, its names being variables of the function around it. Each class statement has its own constructor
 * texts, so that V8 learns about each class separately.
 */
import type { ClassDef } from '../ast.js';
import type { Body } from './body.js';
import { each } from './expressions.js';
import { storeName } from './names.js';
import { block } from './statements.js';

export function classStatement(b: Body, s: ClassDef): void {
  const { unit } = b;
  const scope = unit.scopeOf(s);
  const bases = b.temp();
  const inner = b.mark();
  b.emit(`${bases}=[${each(b, s.bases).join(',')}];`);
  b.release(inner);
  const serial = unit.number();
  const prefix = `k${serial}`;
  const codeName = unit.code({
    name: s.name,
    file: unit.options.file,
    line: s.lineno,
    params: [],
    varargs: false,
    varkw: false,
    lastFrame: undefined,
  });
  for (const name of scope.bound) {
    b.variables.add(`${prefix}$${name}`);
    b.emit(`${prefix}$${name}=undefined;`);
  }
  const { assigned, line, codeName: outerCode } = b;
  b.assigned = new Set(assigned);
  b.classes.push({ scope, prefix });
  const loops = b.loops.splice(0);
  const { raising } = b;
  b.raising = undefined;
  // A class body is a frame of its own in tracebacks.
  b.codeName = codeName;
  b.emit('{let L=0;try{');
  b.forgetLine();
  block(b, s.body);
  b.emit(`L=0;}finally{if(L!==0)tb(${codeName},L);}}`);
  b.raising = raising;
  b.codeName = outerCode;
  b.loops.push(...loops);
  b.classes.pop();
  b.assigned = assigned;
  b.line = line;
  const names = `[${[...scope.bound].map((name) => `${JSON.stringify(name)},${prefix}$${name}`).join(',')}]`;
  unit.use('noInit');
  unit.use('badInit');
  const start = 'const o=new C();if(S!==undefined)S(o);const i=o.m$__init__;if(i===undefined)noInit(o,a);else{const r=';
  const end = ';if(r!==null)badInit(o,r);}return o;';
  const plain = `function ${prefix}(...a){${start}i(o,...a)${end}}`;
  const generator = `function*(...a){${start}i.G!==undefined?yield*i.G(o,...a):i(o,...a)${end}}`;
  const constructors = `function(C,S){return[${plain},${generator}];}`;
  const value = `${unit.use('makeClass')}(${codeName},${bases},${names},function(){},${constructors})`;
  b.emit(`${storeName(b, s.name, value)};`);
}
