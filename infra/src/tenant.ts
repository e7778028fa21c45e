import type { PolicyTexts } from '@laurel/server/identity/cedar-policies';
import type { ApiVariables, AuthorizerVariables, CollectorVariables } from '@laurel/server/lambda/environment';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { FilterPattern, type IFilterPattern, type LogGroup, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  apiReach,
  authorizerReach,
  collectorReach,
  exceptChains,
  itemStatements,
  liveReach,
  platformReach,
} from './access.ts';
import type { AuditStack } from './audit.ts';
import { type CellConfig, pseudonymName, sealingName, type TenantConfig } from './config.ts';
import { scopesOfContract } from './contract.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';
import type { IdentityStack } from './identity.ts';
import { networkOf } from './network.ts';
import { addPolicyStore, deciding, keepingRoles } from './policies.ts';
import type { RegionStack } from './region.ts';
import { TenantApi } from './tenant-api.ts';
import { vaultStatements, vaultVariables } from './vault.ts';

/** Longer than API Gateway waits for the end of a stream. */
const LIVE_TIMEOUT = Duration.seconds(90);

/** How long the collector may take for what it is handed at once. */
const COLLECTOR_TIMEOUT = Duration.minutes(1);

/** Scopes of those who say who may do what, and who look into what was done. */
const MANAGING = /^(?:api-clients|members|invitations|join-codes|domain-rules|roles|me|audit-records|tenant-audit):/;

/** What a tenant is served by. */
export interface TenantStackProps extends StackProps {
  readonly cell: CellConfig;
  readonly tenant: TenantConfig;
  readonly data: DataStack;
  readonly identity: IdentityStack;
  /** The policies, for a store of the tenant's own where the cell decides by one. */
  readonly texts: PolicyTexts;
  readonly audit: AuditStack;
  readonly region: RegionStack;
}

/**
 * One tenant: its API, its authorizer, and what only they may use. Functions, roles and keys are the tenant's own, so
 * that a fault in one tenant's call can neither read another's items nor sign a token that another would believe.
 */
export class TenantStack extends Stack {
  private readonly props: TenantStackProps;
  private readonly baseUrl: string;
  private readonly playersIssuer: string;
  /** The first signs, all are published. */
  private readonly playersKeys: readonly Key[];
  private readonly credentialsJwtKey: Key;
  private readonly credentialsProofKey: Key;

  constructor(scope: Construct, id: string, props: TenantStackProps) {
    super(scope, id, props);
    this.props = props;
    const { cell, tenant, identity } = props;
    this.baseUrl = `https://${tenant.slug}.${cell.name}.${cell.domain}`;
    this.playersIssuer = `${this.baseUrl}/players`;
    this.playersKeys = this.createPlayersKeys();
    // Kept apart from the players' key: what a stranger is given to verify must not open anything here.
    const forCredentials = "Signs badges' credentials of";
    this.credentialsJwtKey = this.createSigningKey('CredentialsJwtKey', KeySpec.RSA_2048, forCredentials);
    this.credentialsProofKey = this.createSigningKey(
      'CredentialsProofKey',
      KeySpec.ECC_NIST_EDWARDS25519,
      forCredentials,
    );
    const { api: answering, live } = this.createApi();
    const { api, accessLogs } = new TenantApi(this, 'Gateway', {
      title: `laurel-${cell.name}-${tenant.slug}`,
      api: answering.function,
      live: live.function,
      authorizer: this.createAuthorizer(),
      fence: props.region.fence,
    });
    this.createCollector({ functions: [answering.logs, live.logs], accessLogs });
    // A client of Cognito may have 50 scopes; a backend manages neither credentials, its own least of all, nor people, nor
    // does it look into what is recorded of it. Who runs the platform plays no game of their own: they look, and change tenants.
    const scopes = scopesOfContract().filter(
      ({ name, platform }) =>
        !MANAGING.test(name) && (tenant.runsPlatform ? platform || name.endsWith(':read') : !platform),
    );
    const backend = identity.createMachine(
      this,
      'Backend',
      scopes.map(({ name }) => name),
    );
    new CfnOutput(this, 'BaseUrl', { value: api.url });
    new CfnOutput(this, 'BackendClientId', { value: backend.userPoolClientId });
  }

  /**
   * The functions are told the keys themselves and not the alias: a process that has learnt a key's public half must not
   * find that it signs by another. The alias shows people which one signs.
   */
  private createPlayersKeys(): readonly Key[] {
    const { cell, tenant } = this.props;
    const keys = (tenant.playersKeys ?? [1]).map((number) =>
      this.createSigningKey(
        number === 1 ? 'PlayersKey' : `PlayersKey${number}`,
        KeySpec.RSA_2048,
        'Signs the tokens of the players of',
      ),
    );
    const [signing] = keys;
    if (signing === undefined) throw new RangeError(`the tenant ${tenant.slug} has no key of players' tokens`);
    new Alias(this, 'PlayersKeyAlias', {
      aliasName: `alias/laurel/${cell.name}/${tenant.slug}/players`,
      targetKey: signing,
    });
    return keys;
  }

  private createSigningKey(id: string, keySpec: KeySpec, purpose: string): Key {
    return new Key(this, id, {
      description: `${purpose} ${this.props.tenant.slug}.`,
      keySpec,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** The function that answers, and the one that streams: of one make, but the latter only looks. */
  private createApi(): { readonly api: ServerFunction; readonly live: ServerFunction } {
    const { cell, tenant, data, identity, audit } = this.props;
    const cursorSecret = new Secret(this, 'CursorSecret', {
      description: `Signs the cursors of ${tenant.slug}.`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
    });
    const sealingSecret = new Secret(this, 'SealingSecret', {
      // By its name the scheduler finds it, which delivers for all tenants.
      secretName: sealingName(cell, tenant.slug),
      description: `Seals the secrets of the webhooks of ${tenant.slug}; they cannot be read without it.`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const pseudonymSecret = new Secret(this, 'PseudonymSecret', {
      // By its name the scheduler finds it, which leaves records of what it does to players.
      secretName: pseudonymName(cell, tenant.slug),
      description: `Makes the pseudonyms of the people of ${tenant.slug}.`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const environment: ApiVariables = {
      LAUREL_CELL: cell.name,
      LAUREL_TENANT: tenant.slug,
      LAUREL_TABLE: data.table.tableName,
      ...vaultVariables(data),
      LAUREL_BASE_URL: this.baseUrl,
      LAUREL_POOL_ISSUER: identity.issuer,
      LAUREL_PLAYERS_ISSUER: this.playersIssuer,
      LAUREL_PLAYERS_KEYS: this.playersKeys.map(({ keyArn }) => keyArn).join(','),
      LAUREL_BADGES_JWT_KEYS: this.credentialsJwtKey.keyArn,
      LAUREL_BADGES_PROOF_KEYS: this.credentialsProofKey.keyArn,
      LAUREL_CURSOR_SECRET_ARN: cursorSecret.secretArn,
      LAUREL_SEALING_SECRET_ARN: sealingSecret.secretArn,
      LAUREL_PSEUDONYM_SECRET_ARN: pseudonymSecret.secretArn,
      LAUREL_AUDIT_KEYS: audit.digestKey.keyArn,
      LAUREL_AUDIT_BUCKET: audit.bucket.bucketName,
      LAUREL_POOL_ID: identity.pool.userPoolId,
      LAUREL_MAIL_FROM: cell.mail.from,
      LAUREL_CONSOLE_URL: cell.consoleUrl,
      ...(cell.cache === undefined ? {} : { LAUREL_RANKS_URL: cell.cache.url, LAUREL_CACHE_URL: cell.cache.url }),
      LAUREL_LOG_LEVEL: 'INFO',
    };
    const store =
      cell.decisions === undefined
        ? undefined
        : addPolicyStore(this, 'Policies', this.props.texts, `Who may do what in ${tenant.slug}.`);
    const reaches = [...apiReach(tenant.slug), ...(tenant.runsPlatform ? platformReach() : [])];
    const decisions = store === undefined ? {} : { LAUREL_POLICY_STORE: store.attrPolicyStoreId };
    const readsSecrets = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [cursorSecret.secretArn, sealingSecret.secretArn, pseudonymSecret.secretArn],
    });
    const network = cell.cache === undefined ? {} : { network: networkOf(this, cell.cache) };
    const live = new ServerFunction(this, 'Live', {
      entry: 'live',
      description: `The live streams of ${tenant.slug}.`,
      environment: { ...environment, ...decisions },
      memory: 512,
      timeout: LIVE_TIMEOUT,
      ...network,
      statements: [
        ...itemStatements(data, liveReach(tenant.slug)),
        ...vaultStatements(data, { tenant: tenant.slug, changes: false, opensWorkspaces: false, lists: false }),
        readsSecrets,
        ...(store ? [deciding(store)] : []),
      ],
    });
    const api = new ServerFunction(this, 'Api', {
      entry: 'api',
      description: `The API of ${tenant.slug}.`,
      environment: { ...environment, ...decisions },
      memory: 1024,
      timeout: Duration.seconds(10),
      ...network,
      statements: [
        ...itemStatements(data, reaches),
        ...vaultStatements(data, { tenant: tenant.slug, changes: true, opensWorkspaces: true, lists: true }),
        ...exceptChains(data),
        ...audit.readsOf(tenant.slug),
        new PolicyStatement({
          actions: ['kms:Sign', 'kms:GetPublicKey'],
          resources: [...this.playersKeys, this.credentialsJwtKey, this.credentialsProofKey].map(
            ({ keyArn }) => keyArn,
          ),
        }),
        readsSecrets,
        ...this.peopleStatements(),
        ...(store ? [deciding(store), keepingRoles(store)] : []),
      ],
    });
    return { api, live };
  }

  /**
   * Takes records out of logs: of what functions have answered, and of what API Gateway has, which no function sees. Lambda
   * tries what the logs hand over three times within minutes and forgets it then, so what fails waits in a queue, and comes
   * from there until it is written.
   */
  private createCollector(logs: { readonly functions: readonly LogGroup[]; readonly accessLogs: LogGroup }): void {
    const { tenant, data } = this.props;
    const environment: CollectorVariables = {
      LAUREL_TENANT: tenant.slug,
      LAUREL_TABLE: data.table.tableName,
      LAUREL_LOG_LEVEL: 'INFO',
    };
    const uncollected = new Queue(this, 'Uncollected', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // As AWS asks of a queue that a function takes from.
      visibilityTimeout: Duration.seconds(6 * COLLECTOR_TIMEOUT.toSeconds()),
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const collector = new ServerFunction(this, 'Collector', {
      entry: 'audit-collector',
      description: `Collects the audit's records of ${tenant.slug}.`,
      environment: { ...environment },
      memory: 256,
      timeout: COLLECTOR_TIMEOUT,
      statements: itemStatements(data, collectorReach(tenant.slug)),
      deadLetters: uncollected,
    });
    // One at a time, so that what is handed back is what was not written.
    collector.function.addEventSource(new SqsEventSource(uncollected, { batchSize: 1, maxConcurrency: 2 }));
    const subscribe = (from: LogGroup, pattern: IFilterPattern): void => {
      new SubscriptionFilter(from, 'Records', {
        logGroup: from,
        destination: new LambdaDestination(collector.function),
        filterPattern: pattern,
      });
    };
    for (const group of logs.functions) subscribe(group, FilterPattern.stringValue('$.audit.record.id', '=', 'aud_*'));
    // API Gateway writes `-` where it has not answered by itself.
    subscribe(logs.accessLogs, FilterPattern.stringValue('$.failure', '!=', '-'));
  }

  /**
   * To make accounts and look at them, never to change one: IAM cannot fence the users of a pool, which is that of all
   * tenants. And to send mail from the one address of the cell.
   */
  private peopleStatements(): PolicyStatement[] {
    const { cell, identity } = this.props;
    return [
      new PolicyStatement({
        actions: ['cognito-idp:AdminCreateUser', 'cognito-idp:AdminGetUser'],
        resources: [identity.pool.userPoolArn],
      }),
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        resources: [this.formatArn({ service: 'ses', resource: 'identity', resourceName: cell.mail.domain })],
        conditions: { StringEquals: { 'ses:FromAddress': cell.mail.from } },
      }),
    ];
  }

  private createAuthorizer(): LambdaFunction {
    const { tenant, data, identity } = this.props;
    const environment: AuthorizerVariables = {
      LAUREL_TENANT: tenant.slug,
      LAUREL_TABLE: data.table.tableName,
      LAUREL_POOL_ISSUER: identity.issuer,
      LAUREL_POOL_JWKS_URI: `${identity.issuer}/.well-known/jwks.json`,
      LAUREL_CONSOLE_CLIENTS: identity.console.userPoolClientId,
      LAUREL_PLAYERS_ISSUER: this.playersIssuer,
      LAUREL_PLAYERS_KEYS: this.playersKeys.map(({ keyArn }) => keyArn).join(','),
      LAUREL_LOG_LEVEL: 'INFO',
    };
    return new ServerFunction(this, 'Authorizer', {
      entry: 'authorizer',
      description: `Says who calls the API of ${tenant.slug}.`,
      environment: { ...environment },
      memory: 512,
      timeout: Duration.seconds(10),
      statements: [
        ...itemStatements(data, authorizerReach(tenant.slug)),
        new PolicyStatement({
          actions: ['kms:GetPublicKey'],
          resources: this.playersKeys.map(({ keyArn }) => keyArn),
        }),
      ],
    }).function;
  }
}
