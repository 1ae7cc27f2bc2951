/** createvirtualnamespace(): a guest's text as code that can be run in contexts of the guest's choice. */
import { parseSafely } from '../check.js';
import { compileModule, load } from '../compiler/compile.js';
import { builtins } from '../core/builtins.js';
import { raiseNamed } from '../core/exceptions.js';
import { linkOpen } from '../core/linkage.js';
import { contextFrom } from '../core/namespaces.js';
import { typeName } from '../core/types.js';
import { codeUnsafeMessage } from '../reports/unsafe.js';
import { checkCompileStage } from '../safety/compile-stage.js';
import { ProgramError } from '../syntax-error.js';
import type { PyFunction, Value } from '../values.js';
import { apiFunction, countArguments } from './api-function.js';
import { Wrapper } from './handle.js';

type Loaded = ReturnType<typeof load>;

class VirtualNamespace extends Wrapper {
  readonly kind = 'namespace';

  constructor(readonly loaded: Loaded) {
    super();
  }
}

const wrongType = (v: Value): never => raiseNamed('RepyArgumentError', `Invalid type <type '${typeName(v)}'>`);

function compiled(text: string, name: string): Loaded {
  try {
    const module = parseSafely(text);
    const fault = checkCompileStage(module);
    if (fault !== undefined) throw fault;
    return load(compileModule(module, { file: name, closed: false, builtins: new Set(builtins.keys()) }));
  } catch (error) {
    if (error instanceof ProgramError) return raiseNamed('CodeUnsafeError', codeUnsafeMessage(error));
    throw error;
  }
}

export const createVirtualNamespace: PyFunction = apiFunction(
  'createvirtualnamespace',
  'createvirtualnamespace',
  (...args: Value[]) => {
    countArguments('createvirtualnamespace', 2, args.length);
    const [text, name] = args as [Value, Value];
    if (typeof text !== 'string') return wrongType(text);
    if (typeof name !== 'string') return wrongType(name);
    return new VirtualNamespace(compiled(text, name));
  },
);

function contextOf(args: readonly Value[]): NonNullable<ReturnType<typeof contextFrom>> {
  countArguments('evaluate', 1, args.length);
  return contextFrom(args[0]!) ?? wrongType(args[0]!);
}

const evaluate = apiFunction(
  'evaluate',
  'evaluate',
  (self: VirtualNamespace, ...args: Value[]) => {
    const context = contextOf(args);
    linkOpen(self.loaded, context).plain();
    return context;
  },
  function* (...[self, ...args]: Value[]) {
    const context = contextOf(args);
    yield* linkOpen((self as VirtualNamespace).loaded, context).generator!() as Generator<undefined, Value, undefined>;
    return context;
  },
);
Object.defineProperty(VirtualNamespace.prototype, 'm$evaluate', { value: evaluate });
