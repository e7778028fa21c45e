import * as z from 'zod';
import { isSlug } from '../identity/principal.ts';

/** The environment variables of a function, as Lambda gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A tenant's or workspace's name, to the letter. */
const Slug = z.string().refine(isSlug, 'is not the slug of a tenant');

/** An issuer is compared to the letter, so nothing is trimmed or mended here. */
const HttpsUrl = z.string().regex(/^https:\/\/[a-z0-9.-]+(\/[A-Za-z0-9._/-]*)?$/, 'is not an https URL');

/** A list, parted by commas without spaces; never empty. */
const List = z
  .string()
  .regex(/^[^,\s]+(,[^,\s]+)*$/, 'is not a list parted by commas')
  .transform((text) => text.split(','));

const Name = z.string().regex(/^\S+$/, 'is empty or has spaces');

const LogLevel = z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT']).default('INFO');

const SecretArn = z.string().regex(/^arn:[a-z-]+:secretsmanager:\S+$/, 'is not the ARN of a secret');

/** Where a cell's Redis or Valkey is: by TLS, and without a word or a secret in it, since its network is what guards it. */
const RedisUrl = z.string().regex(/^rediss:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'is not a rediss URL without credentials');

/** Where the keys of users are, and the key of KMS that wraps those of workspaces. */
const vault = { LAUREL_KEYS_TABLE: Name, LAUREL_VAULT_KEY: Name };

/** The name of a secret that each tenant has, with `{tenant}` in the tenant's place. */
const TenantSecret = z.string().regex(/^[a-z0-9/-]*\{tenant\}[a-z0-9/-]*$/, 'names no secret of a tenant');

const ApiVariables = z.object({
  /** The cell, such as `eu`. */
  LAUREL_CELL: z.string().regex(/^[a-z][a-z0-9-]{1,19}$/, 'is not the name of a cell'),
  LAUREL_TENANT: Slug,
  LAUREL_TABLE: Name,
  ...vault,
  /** Where the tenant's API is, for whoever verifies its credentials. */
  LAUREL_BASE_URL: HttpsUrl,
  /** The `iss` of the pool's tokens, which no tenant may register as its own. */
  LAUREL_POOL_ISSUER: HttpsUrl,
  /** The `iss` of players' tokens, and the KMS keys that sign them: the first signs, the others signed before it. */
  LAUREL_PLAYERS_ISSUER: HttpsUrl,
  LAUREL_PLAYERS_KEYS: List,
  /** The KMS keys of badges' credentials, RSA and Ed25519: the first signs, the others signed before it. */
  LAUREL_BADGES_JWT_KEYS: List,
  LAUREL_BADGES_PROOF_KEYS: List,
  /** Which secret of Secrets Manager signs cursors: its ARN, never the secret itself. */
  LAUREL_CURSOR_SECRET_ARN: SecretArn,
  /** Which secret seals what must be read again, such as the secrets of webhooks. */
  LAUREL_SEALING_SECRET_ARN: SecretArn,
  /** The user pool of the cell, in which people have their accounts. */
  LAUREL_POOL_ID: z.string().regex(/^[a-z0-9-]+_[A-Za-z0-9]+$/, 'is not the id of a user pool'),
  /** The address that mail is sent from, proven to Amazon SES. */
  LAUREL_MAIL_FROM: z.email('is not an e-mail address'),
  /** Where people work with a browser, for links in mails. */
  LAUREL_CONSOLE_URL: HttpsUrl,
  /** Which secret makes the pseudonyms of people in the audit. */
  LAUREL_PSEUDONYM_SECRET_ARN: SecretArn,
  /** The KMS keys that sign the audit's digests, and the bucket in which what is sealed is kept. */
  LAUREL_AUDIT_KEYS: List,
  LAUREL_AUDIT_BUCKET: Name,
  /** Where the ranks of boards are kept; without it they are counted in the table. */
  LAUREL_RANKS_URL: RedisUrl.optional(),
  /** Which store of Verified Permissions decides; Cedar does in this process without it. */
  LAUREL_POLICY_STORE: Name.optional(),
  /** Where limits are counted and what was read is kept, for all processes; without it each does so by itself. */
  LAUREL_CACHE_URL: RedisUrl.optional(),
  /** How many processes a limit is shared out to, where they cannot count together. */
  LAUREL_LIMIT_SHARES: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'is not a number from 1 to 9999')
    .default('10')
    .transform(Number),
  /** Where the function's files are; Lambda sets it itself. */
  LAMBDA_TASK_ROOT: z.string().min(1, 'is empty'),
  LAUREL_LOG_LEVEL: LogLevel,
});

const AuthorizerVariables = z.object({
  LAUREL_TENANT: Slug,
  LAUREL_TABLE: Name,
  LAUREL_POOL_ISSUER: HttpsUrl,
  LAUREL_POOL_JWKS_URI: HttpsUrl,
  /** The pool's clients by which people sign in; every other client is a machine. */
  LAUREL_CONSOLE_CLIENTS: List,
  LAUREL_PLAYERS_ISSUER: HttpsUrl,
  LAUREL_PLAYERS_KEYS: List,
  LAUREL_LOG_LEVEL: LogLevel,
});

const StreamVariables = z.object({
  LAUREL_TABLE: Name,
  ...vault,
  LAUREL_LOG_LEVEL: LogLevel,
});

const RanksVariables = z.object({
  LAUREL_TABLE: Name,
  LAUREL_RANKS_URL: RedisUrl,
  LAUREL_LOG_LEVEL: LogLevel,
});

const CollectorVariables = z.object({
  LAUREL_TENANT: Slug,
  LAUREL_TABLE: Name,
  LAUREL_LOG_LEVEL: LogLevel,
});

const SealerVariables = z.object({
  LAUREL_TABLE: Name,
  /** The KMS keys, Ed25519, that sign digests: the first signs, the others signed before it. */
  LAUREL_AUDIT_KEYS: List,
  LAUREL_AUDIT_BUCKET: Name,
  LAUREL_LOG_LEVEL: LogLevel,
});

const PreTokenVariables = z.object({
  /** Where who is a member of what stands. */
  LAUREL_TABLE: Name,
  /** The identifier of the pool's resource server: Cognito writes a scope as `{identifier}/{scope}`. */
  LAUREL_RESOURCE_SERVER: z.string().regex(/^[a-z0-9.-]+$/, 'is not the identifier of a resource server'),
});

const ScheduleVariables = z.object({
  LAUREL_TABLE: Name,
  ...vault,
  /** The name of the secret that seals a tenant's webhooks, with `{tenant}` in the tenant's place. */
  LAUREL_SEALING_NAME: TenantSecret,
  /** The same of the secret that makes pseudonyms. */
  LAUREL_PSEUDONYM_NAME: TenantSecret,
  /** Where the ranks of boards are kept; without it they are counted in the table. */
  LAUREL_RANKS_URL: RedisUrl.optional(),
  /** Where what was read is kept for all processes; without it each keeps it to itself. */
  LAUREL_CACHE_URL: RedisUrl.optional(),
  LAUREL_LOG_LEVEL: LogLevel,
});

/** What the API's function is told. */
export type ApiConfig = z.output<typeof ApiVariables>;
/** What a tenant's authorizer is told. */
export type AuthorizerConfig = z.output<typeof AuthorizerVariables>;
/** What the scheduler is told. */
export type ScheduleConfig = z.output<typeof ScheduleVariables>;
/** What the function that follows the table is told. */
export type StreamConfig = z.output<typeof StreamVariables>;
/** What the function is told that keeps ranks in Redis. */
export type RanksConfig = z.output<typeof RanksVariables>;
/** What the collector of a tenant's audit is told. */
export type CollectorConfig = z.output<typeof CollectorVariables>;
/** What seals the audit is told. */
export type SealerConfig = z.output<typeof SealerVariables>;
/** What the pool's trigger is told. */
export type PreTokenConfig = z.output<typeof PreTokenVariables>;

/** The variables that whoever deploys a function sets; `infra` is checked against these by the compiler. */
type Told<T> = { readonly [K in keyof T]: string };
export type ApiVariables = Told<Omit<z.input<typeof ApiVariables>, 'LAMBDA_TASK_ROOT'>>;
export type AuthorizerVariables = Told<z.input<typeof AuthorizerVariables>>;
export type ScheduleVariables = Told<z.input<typeof ScheduleVariables>>;
export type RanksVariables = Told<z.input<typeof RanksVariables>>;
export type StreamVariables = Told<z.input<typeof StreamVariables>>;
export type CollectorVariables = Told<z.input<typeof CollectorVariables>>;
export type SealerVariables = Told<z.input<typeof SealerVariables>>;
export type PreTokenVariables = Told<z.input<typeof PreTokenVariables>>;

/** The environment is not what a function needs; says which variables are wrong, and never their values. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

function read<T>(schema: z.ZodType<T>, environment: Environment): T {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `${name} ${environment[name] === undefined ? 'is missing' : message}`;
  });
  throw new ConfigurationError(wrong.join('; '));
}

/** @throws ConfigurationError */
export function readApiConfig(environment: Environment): ApiConfig {
  return read(ApiVariables, environment);
}

/** @throws ConfigurationError */
export function readAuthorizerConfig(environment: Environment): AuthorizerConfig {
  return read(AuthorizerVariables, environment);
}

/** @throws ConfigurationError */
export function readScheduleConfig(environment: Environment): ScheduleConfig {
  return read(ScheduleVariables, environment);
}

/** @throws ConfigurationError */
export function readStreamConfig(environment: Environment): StreamConfig {
  return read(StreamVariables, environment);
}

/** @throws ConfigurationError */
export function readRanksConfig(environment: Environment): RanksConfig {
  return read(RanksVariables, environment);
}

/** @throws ConfigurationError */
export function readCollectorConfig(environment: Environment): CollectorConfig {
  return read(CollectorVariables, environment);
}

/** @throws ConfigurationError */
export function readSealerConfig(environment: Environment): SealerConfig {
  return read(SealerVariables, environment);
}

/** @throws ConfigurationError */
export function readPreTokenConfig(environment: Environment): PreTokenConfig {
  return read(PreTokenVariables, environment);
}
