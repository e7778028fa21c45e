import type { Contract } from '@laurel/contract';
import type { BadgeCredential } from '@laurel/contract/badges/credential';
import type { Badge, BadgeAward, PlayerBadge } from '@laurel/contract/badges/schema';
import type { User } from '@laurel/contract/users/schema';
import type { Identity } from '../credentials/open-badge.ts';
import { awardBadge, awardedAtOf, type BadgeState, type HeldTier, revokeBadge, tierOf } from '../domain/badge/badge.ts';
import {
  type BadgeChange,
  getBadge,
  getBadges,
  type KeptBadge,
  listBadges,
  revocationListOf,
  revocationsOf,
  saveBadge,
} from '../store/badges.ts';
import { getVersion } from '../store/definition-items.ts';
import { getUser } from '../store/users.ts';
import { type Answer, authorOf, type CallContext, type Handlers, listingOf, pageOf, reachOf } from './call.ts';
import type { DefinitionType } from './definition-type.ts';
import { notFound, ProblemError, unknownReference } from './problem.ts';
import { type Reader, readerFor, readerOf, workspaceOf } from './reader.ts';
import { playerQueue } from './serial.ts';
import { bestText } from './text.ts';

/** What is particular to badges. */
export const badgeType: DefinitionType<'badges'> = {
  kind: 'badges',
  idKind: 'badge',
  build: (body, managed) => ({ ...body, ...managed }),
  references: () => [],
};

/** The badge in the version that a player counts on; in the current one before their first award, or a new start. */
async function versionFor(
  { platform, scope }: CallContext,
  badge: Badge,
  state: BadgeState | undefined,
): Promise<Badge> {
  if (state === undefined || state.count === 0 || state.version === badge.version) return badge;
  return (await getVersion(platform.table, scope, 'badges', badge.id, state.version)) ?? badge;
}

/**
 * A badge as a player sees it.
 * @param rule the version of the badge that they count on
 */
function presentBadge(
  badge: Badge,
  rule: Badge,
  state: BadgeState | undefined,
  languages: readonly string[],
): PlayerBadge {
  const [count, tier] = [state?.count ?? 0, tierOf(state)];
  const next = rule.tiers[tier];
  return {
    id: badge.id,
    name: bestText(badge.name, languages),
    description: badge.description === undefined ? null : bestText(badge.description, languages),
    image: badge.image ?? null,
    criteria: bestText(badge.criteria, languages),
    secret: badge.secret,
    earned: tier > 0,
    awardedAt: awardedAtOf(state),
    count,
    tier,
    tiers: rule.tiers.map((one, index) => ({
      tier: index + 1,
      name: one.name === undefined ? null : bestText(one.name, languages),
      count: one.count,
      reachedAt: state?.reachedAt[index] ?? null,
    })),
    next: next === undefined ? null : { tier: tier + 1, count: next.count, left: next.count - count },
  };
}

/** Whether a player may know of a badge: what is secret or archived, those alone who earned it. */
function isShown({ secret, status }: Badge, state: BadgeState | undefined): boolean {
  return tierOf(state) > 0 || (status === 'published' && !secret);
}

/** A badge that the player may know of, and what they have of it. */
async function shownBadge(call: CallContext, id: string): Promise<{ reader: Reader; badge: Badge; kept: KeptBadge }> {
  const reader = await readerOf(call);
  const kept = await getBadge(call.platform.table, call.scope, reader.user.id, id);
  const badge = reader.rulebook.definitions.badges.find((one) => one.id === id);
  if (badge === undefined || !isShown(badge, kept.state)) throw notFound();
  return { reader, badge, kept };
}

/** The tier that a credential is for: the highest that the player holds. */
function heldTier(state: BadgeState | undefined): HeldTier | undefined {
  const reachedAt = state?.reachedAt.at(-1);
  if (state === undefined || reachedAt === undefined) return undefined;
  return { badge: state.badge, tier: tierOf(state), reachedAt };
}

/** By what a customer knows the player, and by what Laurel does. */
function identitiesOf({ id, externalId }: User): readonly Identity[] {
  const own = { type: 'systemId', value: id } as const;
  return externalId === null ? [own] : [{ type: 'accountId', value: externalId }, own];
}

async function issueCredential(
  call: CallContext,
  { user, languages }: Reader,
  badge: Badge,
  held: HeldTier,
): Promise<BadgeCredential> {
  const { credentials, table } = call.platform;
  const workspace = await workspaceOf(call);
  const name = credentials.nameOf(call.scope, { userId: user.id, ...held });
  const tierName = badge.tiers[held.tier - 1]?.name;
  const title = bestText(badge.name, languages);
  const criteria = bestText(badge.criteria, languages);
  return credentials.issue({
    place: call.scope,
    issuerName: workspace.name,
    name,
    revoked: await revocationsOf(table, call.scope, name),
    revocationList: revocationListOf(name),
    achievement: {
      badge: badge.id,
      tier: held.tier,
      version: badge.version,
      name: tierName === undefined ? title : `${title}: ${bestText(tierName, languages)}`,
      description: badge.description === undefined ? criteria : bestText(badge.description, languages),
      criteria,
      image: badge.image,
    },
    identities: identitiesOf(user),
    validFrom: held.reachedAt,
    now: call.now,
  });
}

export const appBadges: Handlers<Contract['app']['badges']> = {
  async list(call) {
    const reader = await readerOf(call);
    const states = await getBadges(call.platform.table, call.scope, reader.user.id);
    const { state } = call.query;
    const shown = reader.rulebook.definitions.badges
      .filter((badge) => isShown(badge, states.get(badge.id)))
      .filter(({ id }) => state === undefined || tierOf(states.get(id)) > 0 === (state === 'earned'));
    const filters = { user: reader.user.id, state };
    const list = listingOf(shown, reachOf(call, filters), (badge) => badge.id);
    const rules = new Map(
      await Promise.all(
        list.items.map(async (badge) => [badge.id, await versionFor(call, badge, states.get(badge.id))] as const),
      ),
    );
    const present = (badge: Badge) =>
      presentBadge(badge, rules.get(badge.id) ?? badge, states.get(badge.id), reader.languages);
    return { body: pageOf(call, filters, list, present) };
  },

  async get(call) {
    const { reader, badge, kept } = await shownBadge(call, call.params.id);
    const rule = await versionFor(call, badge, kept.state);
    return { body: presentBadge(badge, rule, kept.state, reader.languages) };
  },

  async credential(call) {
    const { reader, badge, kept } = await shownBadge(call, call.params.id);
    const held = heldTier(kept.state);
    if (held === undefined) throw notFound();
    return { body: await issueCredential(call, reader, await versionFor(call, badge, kept.state), held) };
  },
};

function presentAward(userId: string, state: BadgeState, change: BadgeChange | null): BadgeAward {
  const { badge, version, count, reachedAt, revokedAt } = state;
  return {
    userId,
    badge,
    version,
    count,
    tier: tierOf(state),
    reachedAt: [...reachedAt],
    revokedAt,
    lastChange: change,
  };
}

async function userOf(call: CallContext & { readonly params: { readonly id: string } }): Promise<User> {
  const user = await getUser(call.platform.table, call.scope, call.params.id);
  if (user === undefined) throw notFound();
  return user;
}

/** The answer to a change by hand, with what it writes. */
function changed(
  call: CallContext,
  userId: string,
  before: KeptBadge,
  state: BadgeState,
  change: BadgeChange,
): Answer<BadgeAward> {
  const { table, credentials } = call.platform;
  const nameOf = (held: HeldTier) => credentials.nameOf(call.scope, { userId, ...held });
  return {
    body: presentAward(userId, state, change),
    writes: saveBadge(table, call.scope, userId, before, { state, change }, nameOf),
    queue: playerQueue(call.scope, userId),
  };
}

export const badgeAwards: Handlers<Contract['dashboard']['badgeAwards']> = {
  async list(call) {
    const { id } = await userOf(call);
    const filters = { user: id };
    const found = await listBadges(call.platform.table, call.scope, id, reachOf(call, filters));
    const items = found.items.flatMap(({ state, change }) =>
      state === undefined ? [] : [presentAward(id, state, change)],
    );
    return { body: pageOf(call, filters, { items, next: found.next }, (award) => award) };
  },

  async create(call) {
    const user = await userOf(call);
    if (user.status !== 'active') throw new ProblemError('unprocessable', 'The user is suspended and earns nothing.');
    const reader = await readerFor(call, user);
    const badge = reader.rulebook.definitions.badges.find(({ id }) => id === call.body.badge);
    // Archived ones as well, as with currencies: what was promised before is still given.
    if (badge === undefined) throw unknownReference('/badge', 'badge');
    const kept = await getBadge(call.platform.table, call.scope, user.id, badge.id);
    const rule = await versionFor(call, badge, kept.state);
    const { state } = awardBadge(rule, kept.state, { at: call.now });
    const change = { kind: 'awarded', by: authorOf(call), reason: call.body.reason, at: call.now } as const;
    return changed(call, user.id, kept, state, change);
  },

  async revoke(call) {
    const { id } = await userOf(call);
    const kept = await getBadge(call.platform.table, call.scope, id, call.params.badge);
    if (kept.state === undefined) throw notFound();
    const state = revokeBadge(kept.state, call.now);
    if (state === kept.state) return { body: presentAward(id, state, kept.change) };
    return changed(call, id, kept, state, {
      kind: 'revoked',
      by: authorOf(call),
      reason: call.body.reason,
      at: call.now,
    });
  },
};
