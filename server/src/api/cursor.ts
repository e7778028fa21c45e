import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../store/scope.ts';
import { ProblemError } from './problem.ts';

/** What a cursor belongs to: nobody can use it for another list, other filters or another workspace. */
export interface CursorBinding {
  readonly scope: Scope;
  /** The route's name. */
  readonly route: string;
  /** Whatever else the list depends on: the player, the path, the filters. */
  readonly filters: unknown;
  /** The parameter that carries it, where that is not \`cursor\`. */
  readonly parameter?: string;
}

/** Writes and reads the cursors of one secret. */
export interface CursorCodec {
  write(binding: CursorBinding, position: string): string;
  /** Throws `invalid_cursor` unless this codec wrote it for the same binding. */
  read(binding: CursorBinding, cursor: string): string;
}

/** Makes a codec. A cursor is the position and its HMAC-SHA256 over the binding, both in base64url. */
export function createCursorCodec(secret: Uint8Array): CursorCodec {
  const sign = ({ scope, route, filters }: CursorBinding, position: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([scope.tenant, scope.workspace, route, filters, position]))
      .digest();
  const write = (binding: CursorBinding, position: string) =>
    `${Buffer.from(position).toString('base64url')}.${sign(binding, position).toString('base64url')}`;
  return {
    write,
    read(binding, cursor) {
      const { parameter = 'cursor' } = binding;
      const position = Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString();
      // Whole texts are compared: base64url has many texts for the same bytes, of which just one is a cursor.
      const [given, wanted] = [Buffer.from(cursor), Buffer.from(write(binding, position))];
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
        const error = { pointer: `/query/${parameter}`, code: 'invalid_cursor', message: 'not a cursor of this list' };
        throw new ProblemError('invalid_cursor', undefined, { errors: [error] });
      }
      return position;
    },
  };
}
