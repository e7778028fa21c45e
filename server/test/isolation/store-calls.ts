import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');
export const STORE = join(root, 'server/src/store');

/** A value of a type, written down: what JSON has no word for stands in an object with the one key `$`. */
export type Written =
  | string
  | number
  | boolean
  | null
  | readonly Written[]
  | { readonly [name: string]: Written }
  | { readonly $: string; readonly of?: Written };

/** One way to call a function of the store, and of what it answers, the functions that can be called on. */
export interface StoreCall {
  readonly file: string;
  readonly name: string;
  readonly parameters: readonly Written[];
  /** What is called next, by the names that lead there. */
  readonly next: readonly { readonly path: readonly string[]; readonly parameters: readonly Written[] }[];
}

/**
 * How often each function is called, each time with other members of unions; once with nothing in its lists, and once with
 * more than one commit holds.
 */
const WAYS = 20;
const [NOTHING, MANY] = [18, 19];
/** How many `many` are. */
export const MORE = 130;
const DEEPEST = 7;
const MOMENT = '2026-05-04T10:00:00.000Z';
/** The place for which all is asked. */
export const PLACE = { tenant: 'acme', workspace: 'main' } as const;
/** A partition of it. */
export const PARTITION = `T#${PLACE.tenant}#W#${PLACE.workspace}#A`;
const texts: Readonly<Record<string, string>> = { ...PLACE, slug: PLACE.tenant, pk: PARTITION, gsi1pk: PARTITION };

function undef(): Written {
  return { $: 'undefined' };
}

/** Types that are not made from their parts. */
const known: Readonly<Record<string, string>> = { Table: 'table', Scope: 'scope', Cache: 'cache', Date: 'date' };

function isReference(type: ts.Type): type is ts.TypeReference {
  return 'target' in type;
}

function isTemplate(type: ts.Type): type is ts.TemplateLiteralType {
  return Boolean(type.flags & ts.TypeFlags.TemplateLiteral);
}

/** Writes values of types down. */
function writerOf(checker: ts.TypeChecker, at: ts.Node) {
  const textOf = (name: string): string =>
    texts[name] ?? (/At$|^(?:at|until|to|from|now|since|moment)$/.test(name) ? MOMENT : `a-${name}`);

  function signatureOf(type: ts.Type): ts.Signature | undefined {
    return checker.getSignaturesOfType(type, ts.SignatureKind.Call)[0];
  }

  function objectOf(type: ts.Type, way: number, depth: number): Written {
    const parts: Record<string, Written> = {};
    for (const property of checker.getPropertiesOfType(type)) {
      const own = checker.getTypeOfSymbolAtLocation(property, at);
      parts[property.name] = writtenOf(own, property.name, way, depth + 1);
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index !== undefined) parts['a-key'] = writtenOf(index.type, 'key', way, depth + 1);
    return parts;
  }

  function writtenOf(type: ts.Type, name: string, way: number, depth: number): Written {
    const named = type.aliasSymbol?.name ?? type.symbol?.name ?? '';
    const kind = type.symbol?.name ?? '';
    const special = known[named];
    if (special !== undefined) return { $: special };
    if (type.isUnion()) {
      const members = type.types;
      const member = members[way % members.length];
      return member === undefined ? undef() : writtenOf(member, name, Math.floor(way / members.length) + way, depth);
    }
    if (type.flags & ts.TypeFlags.Undefined || type.flags & ts.TypeFlags.Void) return undef();
    if (type.flags & ts.TypeFlags.Null) return null;
    if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
    if (type.flags & ts.TypeFlags.BooleanLiteral) return checker.typeToString(type) === 'true';
    if (isTemplate(type)) {
      const { texts, types } = type;
      return texts.map((text, at) => `${text}${types[at] ? writtenOf(types[at], name, way, depth) : ''}`).join('');
    }
    if (type.flags & ts.TypeFlags.StringLike) return textOf(name);
    if (type.flags & ts.TypeFlags.NumberLike) return 1;
    if (depth > DEEPEST) return undef();
    if (type.flags & (ts.TypeFlags.Instantiable | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) {
      const base = checker.getBaseConstraintOfType(type);
      return base === undefined || base === type ? textOf(name) : writtenOf(base, name, way, depth);
    }
    const within = isReference(type) ? checker.getTypeArguments(type) : [];
    if (checker.isTupleType(type)) return within.map((one) => writtenOf(one, name, way, depth + 1));
    const [first, second] = within;
    if (checker.isArrayType(type) || /^(?:Iterable|ReadonlyArray)$/.test(kind)) {
      if (first === undefined || (depth === 0 && way === NOTHING)) return [];
      const one = writtenOf(first, name, way, depth + 1);
      return depth === 0 && way === MANY ? { $: 'many', of: one } : [one];
    }
    if (/^(?:Readonly)?Set$/.test(kind) && first) return { $: 'set', of: [writtenOf(first, name, way, depth + 1)] };
    if (/^(?:Readonly)?Map$/.test(kind) && first && second) {
      return { $: 'map', of: [[writtenOf(first, name, way, depth + 1), writtenOf(second, name, way, depth + 1)]] };
    }
    if (kind === 'Promise' && first) return { $: 'promise', of: writtenOf(first, name, way, depth + 1) };
    if (/^Async(?:Iterable|Generator)/.test(kind) && first) {
      return { $: 'stream', of: [writtenOf(first, name, way, depth + 1)] };
    }
    const signature = signatureOf(type);
    if (signature !== undefined) {
      return { $: 'function', of: writtenOf(checker.getReturnTypeOfSignature(signature), name, way, depth + 1) };
    }
    return objectOf(type, way, depth);
  }

  const parametersOf = (signature: ts.Signature, way: number): Written[] =>
    signature.parameters.map((one) => writtenOf(checker.getTypeOfSymbolAtLocation(one, at), one.name, way, 0));

  /** The functions that an answer is, or has, as far as they take a scope. */
  function nextOf(type: ts.Type, way: number): StoreCall['next'] {
    const own = signatureOf(type);
    if (own !== undefined) return [{ path: [], parameters: parametersOf(own, way) }];
    if (!type.isClassOrInterface()) return [];
    return checker.getPropertiesOfType(type).flatMap((property) => {
      const signature = signatureOf(checker.getTypeOfSymbolAtLocation(property, at));
      return signature === undefined ? [] : [{ path: [property.name], parameters: parametersOf(signature, way) }];
    });
  }
  return { parametersOf, nextOf };
}

/** Calls of every function that the store has for others, with values of the types that it asks for. */
export function storeCalls(): StoreCall[] {
  const files = readdirSync(STORE).filter((file) => file.endsWith('.ts') && file !== 'scope.ts');
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const program = ts.createProgram(
    files.map((file) => join(STORE, file)),
    config?.options ?? {},
  );
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(join(STORE, file));
    const module = source && checker.getSymbolAtLocation(source);
    if (source === undefined || module === undefined) return [];
    const { parametersOf, nextOf } = writerOf(checker, source);
    return checker.getExportsOfModule(module).flatMap((symbol) => {
      const type = checker.getTypeOfSymbolAtLocation(symbol, source);
      const [signature] = checker.getSignaturesOfType(type, ts.SignatureKind.Call);
      if (signature === undefined) return [];
      const answer = checker.getReturnTypeOfSignature(signature);
      return Array.from({ length: WAYS }, (_, way) => ({
        file,
        name: symbol.name,
        parameters: parametersOf(signature, way),
        next: nextOf(answer, way),
      }));
    });
  });
}
