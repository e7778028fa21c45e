import type { Logger } from '@aws-lambda-powertools/logger';
import type { IdKind } from '@laurel/contract/shared/ids';
import type { Audit } from '../audit/audit.ts';
import type { CredentialIssuer } from '../credentials/issuer.ts';
import type { IsOwnIssuer } from '../identity/own-issuers.ts';
import type { CallLimits } from '../limits/plans.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';
import type { DomainProofs } from '../ports/domain-proofs.ts';
import type { LiveSignals } from '../ports/live-signals.ts';
import type { Mail } from '../ports/mail.ts';
import type { PeoplePool } from '../ports/people-pool.ts';
import type { PolicyEngine, RolePolicies } from '../ports/policy.ts';
import type { RankIndex } from '../ports/rank-index.ts';
import type { Sealer } from '../ports/sealer.ts';
import type { TokenSigner } from '../ports/token-signer.ts';
import type { RulebookReader } from '../store/definitions.ts';
import type { KnownCallers } from '../store/known-callers.ts';
import type { Table } from '../store/table.ts';
import type { DestinationRules } from '../webhooks/destination.ts';
import type { WebhookWorker } from '../webhooks/worker.ts';
import type { WorkspaceClocks } from './clocks.ts';
import type { CursorCodec } from './cursor.ts';
import type { Serial } from './serial.ts';

/** All that handlers reach the world by. `lambda/` and `local/` wire it; nothing else does. */
export interface Platform {
  readonly table: Table;
  /** Keeps what was read of the table, for this process or for all of the cell. */
  readonly cache: Cache;
  /** What is known of those who call. */
  readonly known: KnownCallers;
  readonly rulebooks: RulebookReader;
  readonly ranks: RankIndex;
  readonly policy: PolicyEngine;
  /** Where the policies of roles are kept, beside the roles. */
  readonly rolePolicies: RolePolicies;
  /** The real time; what time it is in a workspace, `clocks` tells. */
  readonly clock: Clock;
  readonly clocks: WorkspaceClocks;
  readonly newId: (kind: IdKind) => string;
  readonly tokens: TokenSigner;
  /** Which issuers no tenant may register. */
  readonly isOwnIssuer: IsOwnIssuer;
  /** Issues what players carry elsewhere. */
  readonly credentials: CredentialIssuer;
  readonly cursors: CursorCodec;
  /** What calls are counted by. */
  readonly limits: CallLimits;
  /** Keeps the calls of one process from competing for one player. */
  readonly serial: Serial;
  /** Tells live streams when to look. */
  readonly live: LiveSignals;
  /** Keeps the secrets of webhooks. */
  readonly sealer: Sealer;
  /** Where webhooks may lead. */
  readonly destinations: DestinationRules;
  /** What delivers the webhooks of a tenant. */
  readonly deliverer: (tenant: string) => Promise<WebhookWorker>;
  /** Sends mail to people. */
  readonly mail: Mail;
  /** The accounts of people, of whom tenants know who works there. */
  readonly people: PeoplePool;
  /** Where tenants prove that a domain is theirs. */
  readonly domainProofs: DomainProofs;
  /** Where people work with a browser, for links in mails. */
  readonly consoleUrl: string;
  readonly logger: Logger;
  /** Leaves records of what is done. */
  readonly audit: Audit;
  /** The cell that this is, such as `eu`. */
  readonly cell: string;
  /** The version of the server. */
  readonly version: string;
}
