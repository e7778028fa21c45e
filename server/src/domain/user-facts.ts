import type { User, UserAttributes, Workspace } from '@laurel/contract/types';
import { isOfType } from './attribute.ts';

/**
 * What conditions see of a user. It is plain data that is kept with each event which it decided, so that the event is
 * decided the same when it is decided again, whatever has become of the user.
 */
export interface UserFacts {
  readonly id: string;
  /** BCP 47; the workspace's where they have chosen none. */
  readonly language: string;
  /** IANA; the workspace's where they have chosen none. */
  readonly zone: string;
  /** Those that fit what the workspace declares; all of them, where it declares nothing. */
  readonly attributes: Readonly<UserAttributes>;
  readonly tags: readonly string[];
}

/**
 * The attributes that fit what is declared. A declaration may change while values of before it are still there: they
 * are not seen, so that what was type-checked against the declaration holds for every user.
 */
export function fittingAttributes(
  attributes: Readonly<UserAttributes>,
  declared: Workspace['userAttributes'],
): Readonly<UserAttributes> {
  if (declared === null) return attributes;
  const types = new Map(Object.entries(declared).map(([name, { type }]) => [name, type]));
  const fitting = Object.entries(attributes).filter(([name, value]) => {
    const type = types.get(name);
    return type !== undefined && isOfType(value, type);
  });
  return Object.fromEntries(fitting);
}

/**
 * The attributes by which a role tells players apart: those that fit what is declared, but for what players write
 * themselves, who could choose by it who sees them. Where nothing is declared, nothing is certain.
 */
export function certainAttributes(
  attributes: Readonly<UserAttributes>,
  declared: Workspace['userAttributes'],
): Readonly<UserAttributes> {
  const certain = Object.entries(declared ?? {}).filter(([, { playersMay }]) => playersMay !== 'write');
  return fittingAttributes(attributes, Object.fromEntries(certain));
}

/** What conditions see of a user now. */
export function userFactsOf(
  user: Pick<User, 'id' | 'language' | 'zone' | 'attributes' | 'tags'>,
  workspace: Pick<Workspace, 'language' | 'zone' | 'userAttributes'>,
): UserFacts {
  return {
    id: user.id,
    language: user.language ?? workspace.language,
    zone: user.zone ?? workspace.zone,
    attributes: fittingAttributes(user.attributes, workspace.userAttributes),
    tags: user.tags,
  };
}
