import { hash } from 'node:crypto';
import { newTeamCode } from './team-code.ts';

/** A code as people type it: in groups of four. Its 80 random bits are out of reach of guessing. */
export function newJoinCode(): string {
  return newTeamCode().replace(/.{4}(?=.)/g, '$&-');
}

/** What is stored of a code: the same however it was typed, where letters are read as one another. */
export function hashJoinCode(code: string): string {
  const plain = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return hash('sha256', plain, 'base64url');
}
