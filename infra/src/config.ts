/** A tenant that this installation serves. */
export interface TenantConfig {
  /** 3 to 40 of `a-z`, `0-9` and `-`: no character that means something in a key or in an IAM pattern. */
  readonly slug: string;
  /** Whether this is the tenant whose people run the platform; at most one in a cell. */
  readonly runsPlatform: boolean;
  /**
   * The keys of players' tokens, by number: the first signs, all are published. `[1]` where it is missing. To change keys
   * without refusing a token, deploy `[1, 2]`, then `[2, 1]`, and `[2]` when fifteen minutes have passed.
   */
  readonly playersKeys?: readonly number[];
}

/**
 * A Redis or Valkey of the operator's, in a network of theirs. The functions that ask it stand in that network, which must
 * let them reach DynamoDB, KMS and Secrets Manager, and, for webhooks, the internet.
 */
export interface CacheConfig {
  /** By TLS and without credentials, such as `rediss://laurel.abc.euw1.cache.amazonaws.com:6379`: the network guards it. */
  readonly url: string;
  readonly vpcId: string;
  /** Private subnets, each with its zone. */
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  /** Which the cache lets in. */
  readonly securityGroupId: string;
}

/** A sender of mail: an identity that Amazon SES has verified in the cell's region. */
export interface MailConfig {
  /** The address, such as `laurel@example.com`. */
  readonly from: string;
  /** The domain that SES has verified. */
  readonly domain: string;
  /** Whether people may sign in by a code that is mailed to them, instead of by a password; no, where it is missing. */
  readonly signInCodes?: boolean;
}

/** A cell: where the tenants of one jurisdiction live. Its data never leaves it. */
export interface CellConfig {
  /** Stands in host names and in the names of stacks, such as `eu`. */
  readonly name: string;
  readonly region: string;
  /** The host of a tenant is `{tenant}.{cell}.{domain}`. */
  readonly domain: string;
  /** The prefix of the sign-in page's host, which nobody else on AWS may have in the region. */
  readonly signInPrefix: string;
  /** Where the console sends people back to after they signed in. */
  readonly consoleCallbacks: readonly string[];
  /** Where people work with a browser, for links in mails. */
  readonly consoleUrl: string;
  /** By whom mail is sent: invitations, and what Cognito has to tell people. */
  readonly mail: MailConfig;
  readonly tenants: readonly TenantConfig[];
  /**
   * Where the ranks of boards are kept, limits counted, and what was read kept for all processes. Without it ranks are
   * counted in the table, which is exact and costs more; each process gives out a share of each limit, and reads for itself.
   */
  readonly cache?: CacheConfig;
  /**
   * Who decides what callers may do: Cedar in the function itself where it is missing, or Verified Permissions, with a
   * policy store for each tenant. The policies are the same.
   */
  readonly decisions?: 'verified-permissions';
  /** For how many days nobody can take away what the audit has sealed; 400 where it is missing. It can never be made shorter. */
  readonly auditRetentionDays?: number;
}

/** The first cell: one region, one tenant. */
export const eu: CellConfig = {
  name: 'eu',
  region: 'eu-west-1',
  domain: 'api.example.com',
  signInPrefix: 'laurel-eu',
  consoleCallbacks: ['https://console.example.com/callback'],
  consoleUrl: 'https://console.example.com',
  mail: { from: 'laurel@example.com', domain: 'example.com' },
  tenants: [{ slug: 'demo', runsPlatform: false }],
};

/** The name of the secret that seals the webhooks of a tenant. */
export function sealingName({ name }: Pick<CellConfig, 'name'>, tenant: string): string {
  return `laurel/${name}/${tenant}/sealing`;
}

/** The name of the secret that makes the pseudonyms of a tenant's people. */
export function pseudonymName({ name }: Pick<CellConfig, 'name'>, tenant: string): string {
  return `laurel/${name}/${tenant}/pseudonyms`;
}

const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/**
 * How many tenants one account and region can hold: API Gateway allows 600 regional APIs there, whatever one asks, and
 * some room is left for exchanging an API.
 */
export const MAX_TENANTS = 550;

/**
 * Refuses what could not be fenced.
 * @throws RangeError for a name that is no slug, keys that are none, too many or twice the same, twice the same one, two that run the platform, or too many tenants
 */
export function assertCell({ name, tenants }: CellConfig): void {
  const slugs = tenants.map(({ slug }) => slug);
  const odd = slugs.find((slug) => !SLUG.test(slug));
  if (odd !== undefined) throw new RangeError(`${JSON.stringify(odd)} is not the slug of a tenant`);
  if (new Set(slugs).size !== slugs.length) throw new RangeError(`the cell ${name} has a tenant twice`);
  if (tenants.filter(({ runsPlatform }) => runsPlatform).length > 1)
    throw new RangeError(`the cell ${name} has two tenants that run the platform`);
  const keyless = tenants.find(({ playersKeys = [1] }) => !areKeys(playersKeys))?.slug;
  if (keyless !== undefined)
    throw new RangeError(`the tenant ${keyless} needs one key of players' tokens, or two while they change`);
  if (slugs.length > MAX_TENANTS) throw new RangeError(`a cell has at most ${MAX_TENANTS} tenants`);
}

function areKeys(keys: readonly number[]): boolean {
  const areNumbers = keys.every((key) => Number.isSafeInteger(key) && key > 0);
  return areNumbers && (keys.length === 1 || keys.length === 2) && new Set(keys).size === keys.length;
}
