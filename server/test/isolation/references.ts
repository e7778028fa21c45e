import type { PlacedRoute } from '@laurel/contract';
import type { Furnished } from '../support/examples.ts';
import { fieldOf, isText, type Site, sitesOf } from '../support/sites.ts';

/**
 * What a text that a caller sends is to the platform:
 * - `refers`: the name of something that must be there; that of another workspace is as absent as one that never was
 * - `filters`: the same, where it only narrows a list: of what is not there, nothing is listed
 * - `claims`: the name of something new; names of other workspaces are free
 * - `speaks`: an expression, which may hold any name and look nothing up
 * - `ticket`: something that Laurel made for one workspace, which lets in whoever has it; elsewhere it is as good as none
 * - `sealed`: something that Laurel made for this list, and takes back for nothing else
 * - `names no thing`: words, places in the calendar, labels
 */
export type Kind = 'refers' | 'filters' | 'claims' | 'speaks' | 'ticket' | 'sealed' | 'names no thing';

/** What the things are called in the examples of the contract, by the fields that name them. */
const namedBy: Readonly<Record<string, string>> = {
  activity: 'lesson.completed',
  badge: 'explorer',
  currency: 'xp',
  item: 'sticker',
  leaderboard: 'lessons',
  mission: 'weekly-five',
  segment: 'vips',
  streak: 'daily',
  track: 'rank',
  user: 'user',
  userId: 'user',
  externalUserId: 'player-8',
  users: 'user',
  team: 'red-pandas',
  teams: 'red-pandas',
  account: 'user',
  webhookId: 'crm',
};

const words = [
  'attributes',
  'base',
  'codes',
  'cooldown',
  'criteria',
  'cron',
  'description',
  'displayName',
  'exclusive',
  'image',
  'joinCode',
  'kind',
  'language',
  'name',
  'note',
  'parts',
  'period',
  'reason',
  'scopes',
  'seed',
  'tag',
  'tags',
  'url',
  'within',
  'zone',
  'attribute',
  // The names of attributes, of languages, of kinds of definitions, and what is said of a player to try an expression on.
  'attributes{key}',
  'badges{key}',
  'balances{key}',
  'counters{key}',
  'criteria{key}',
  'definitions{key}',
  'description{key}',
  'levels{key}',
  'name{key}',
  'userAttributes{key}',
];

/** Names of permissions and addresses, of issuers and their claims: none is the name of a thing of a workspace. */
const outside = [
  'allowedOrigins',
  'permissions',
  'values',
  'from',
  'to',
  'addresses',
  'action',
  'address',
  'issuer',
  'audience',
  'userClaim',
  'jwksUri',
  'route',
  'outcome',
  'requestId',
  'knownHash',
  // Plans are the platform's, and one tenant's workspaces are named by each of its own.
  'plan',
  'workspaces',
  // Within a tenant a domain leads to one of its workspaces; between tenants see `people/domain-rules`.
  'domain',
  'password',
  'allowedOrigins',
];

/** What the records of the audit are looked for by: they keep names of what is gone, so that none is looked up. */
const recorded = ['actor', 'onBehalfOf', 'target'];

/** What each text is, by where it stands and what the field is called. */
const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(Object.keys(namedBy).map((field) => [`body.${field}`, 'refers' as const])),
  ...Object.fromEntries(Object.keys(namedBy).map((field) => [`query.${field}`, 'filters' as const])),
  ...Object.fromEntries(
    words.flatMap((field) => [`body.${field}`, `query.${field}`].map((key) => [key, 'names no thing' as const])),
  ),
  ...Object.fromEntries(
    [...outside, ...recorded].flatMap((field) =>
      [`body.${field}`, `query.${field}`].map((key) => [key, 'names no thing' as const]),
    ),
  ),
  // A role or a caller that an explanation is asked for, and the workspace of the tenant that an audience leads to.
  ...Object.fromEntries(
    ['member', 'client', 'role', 'team', 'workspace'].map((field) => [`body.${field}`, 'names no thing' as const]),
  ),
  'body.id': 'claims',
  'body.externalId': 'claims',
  'body.slug': 'claims',
  'body.email': 'claims',
  'body.code': 'ticket',
  'body.token': 'ticket',
  'body.condition': 'speaks',
  'body.expression': 'speaks',
  // Of the workspace's own accounts, which are whatever it calls them.
  'body.account': 'names no thing',
  // An account that nobody has moved is stated as empty; events and legs make the players whom they name by their own id.
  'query.account': 'filters',
  'dashboard.authorize.explain body.user': 'names no thing',
  'dashboard.joinCodes.create body.team': 'refers',
  'app.transfers.create body.externalUserId': 'refers',
  'body.externalUserId': 'claims',
  // The purposes that every workspace has.
  'params.purpose': 'names no thing',
  'query.cursor': 'sealed',
  'query.part': 'sealed',
  ...Object.fromEntries(
    [
      'id',
      'secret',
      'badge',
      'currency',
      'externalId',
      'member',
      'progress',
      'streak',
      'tenant',
      'user',
      'workspace',
    ].map((field) => [`params.${field}`, 'refers' as const]),
  ),
};

/** A place in a route that holds a text, and what the text is to the platform. */
export interface TextSite extends Site {
  readonly key: string;
  /** Nothing where nobody has said it yet. */
  readonly kind: Kind | undefined;
}

/** Every place in a route that holds a text. */
export function textSitesOf(placed: PlacedRoute, own: Furnished): TextSite[] {
  const { body, path } = own.exampleOf(placed);
  const query = Object.fromEntries(new URLSearchParams(path.split('?')[1]));
  return sitesOf(placed, { params: own.paramsOf(placed), query, body })
    .filter(isText)
    .map((site) => {
      const key = `${site.part}.${fieldOf(site)}${site.steps.at(-1) === '{key}' ? '{key}' : ''}`;
      return { ...site, key, kind: kinds[`${placed.name} ${key}`] ?? kinds[key] };
    });
}

/** What something new is called, where a name has a form of its own. */
const newNames: Readonly<Record<string, (mark: string) => string>> = {
  slug: (mark) => mark.replaceAll('.', '-'),
  email: (mark) => `hopper@${mark}.example`,
};

/** What stands at a site for a thing of a workspace, by the mark that the names of its things have. */
export function nameAt(site: TextSite, mark: string): string {
  const field = fieldOf(site);
  if (site.kind === 'speaks') {
    const asked = `user.id == "${mark}.user"`;
    return /^True or false/.test(site.schema.description ?? '') ? asked : `(${asked}) ? 1 : 2`;
  }
  if (site.kind === 'claims') return (newNames[field] ?? ((of) => `${of}.player-7`))(mark);
  const name = `${mark}.${namedBy[field] ?? field}`;
  return field === 'account' ? `user:${name}` : name;
}
