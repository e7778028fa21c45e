// Checked by the compiler alone: the types that the SDK ships are the contract's own.
import { isProblem, type KnownProblemCode, type Laurel, type ProblemError } from '@laurel/sdk';
import type { Laurel as ServerLaurel } from '@laurel/sdk/server';
import type { Boundary, Happening } from '../src/generated/types.ts';
import type { Comparison } from './generated/comparison.ts';

/** A type without the `undefined` that zod adds to optional fields, and with intersections written out. */
type Plain<T> = T extends object ? { [K in keyof T]: Plain<Exclude<T[K], undefined>> } : T;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The names of the components and queries that differ. */
type Different = {
  [K in keyof Comparison]: Same<Plain<Comparison[K][0]>, Plain<Comparison[K][1]>> extends true ? never : K;
}[keyof Comparison];

const nothingDiffers: [Different] extends [never] ? true : Different = true;
void nothingDiffers;

// The comparison itself sees what it must see.
const sees: [
  Same<Plain<{ a?: string }>, Plain<{ a?: string | undefined }>>,
  Same<Plain<{ a?: string }>, Plain<{ a: string }>>,
  Same<Plain<{ a: string | null }>, Plain<{ a: string }>>,
  Same<Plain<{ a: { b: 'x' | 'y' }[] }>, Plain<{ a: { b: 'x' }[] }>>,
] = [true, false, false, false];
void sees;

// Open enumerations list what is known, and take what a newer server may send; with unions it is their members that tell
// them apart, and a switch narrows them.
export function open({ code }: ProblemError, boundary: Boundary, happening: Happening): string {
  const listed: KnownProblemCode[] = ['not_found'];
  const newer: ProblemError['code'] = 'a_code_of_tomorrow';
  // @ts-expect-error: a code that is not known is a slip
  isProblem(undefined, 'not_fuond');
  // @ts-expect-error: it may be another one
  const known: KnownProblemCode = code;
  const kind: Boundary['kind'] = boundary.kind === 'mission.opened' ? 'a.kind.of.tomorrow' : boundary.kind;
  switch (happening.type) {
    case 'mission.completed':
      return happening.data.mission;
    case 'wallet.changed':
      return happening.data.currency;
    default:
      return [listed, newer, known, kind].join();
  }
}

export async function calls(laurel: Laurel, server: ServerLaurel): Promise<void> {
  const mission = await server.missions.get('m');
  await server.missions.update('m', { ...mission, name: { en: 'x' } }, { ifMatch: mission });
  // @ts-expect-error: a change names what it is based on
  await server.missions.update('m', { name: { en: 'x' }, schedule: { kind: 'permanent' }, steps: [] });
  // @ts-expect-error: toArray demands its bound
  await laurel.missions.list().toArray();
  // @ts-expect-error: a player's client has no operation of the dashboard
  laurel.missions.create;
  // @ts-expect-error: exactly one of the two
  server.as({ userId: 'u', externalUserId: 'e' });
  // @ts-expect-error: a read takes no Idempotency-Key
  await laurel.missions.get('m', { idempotencyKey: 'k' });
}
