import type { ApiVariables, AuthorizerVariables } from '@laurel/server/lambda/environment';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { apiReach, authorizerReach, itemStatements, liveReach, platformReach } from './access.ts';
import { type CellConfig, sealingName, type TenantConfig } from './config.ts';
import { scopesOfContract } from './contract.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';
import type { IdentityStack } from './identity.ts';
import { networkOf } from './network.ts';
import { TenantApi } from './tenant-api.ts';
import { vaultStatements, vaultVariables } from './vault.ts';

/** Longer than API Gateway waits for the end of a stream. */
const LIVE_TIMEOUT = Duration.seconds(90);

/** What a tenant is served by. */
export interface TenantStackProps extends StackProps {
  readonly cell: CellConfig;
  readonly tenant: TenantConfig;
  readonly data: DataStack;
  readonly identity: IdentityStack;
}

/**
 * One tenant: its API, its authorizer, and what only they may use. Functions, roles and keys are the tenant's own, so
 * that a fault in one tenant's call can neither read another's items nor sign a token that another would believe.
 */
export class TenantStack extends Stack {
  private readonly props: TenantStackProps;
  private readonly baseUrl: string;
  private readonly playersIssuer: string;
  private readonly playersKey: Key;
  private readonly credentialsJwtKey: Key;
  private readonly credentialsProofKey: Key;

  constructor(scope: Construct, id: string, props: TenantStackProps) {
    super(scope, id, props);
    this.props = props;
    const { cell, tenant, identity } = props;
    this.baseUrl = `https://${tenant.slug}.${cell.name}.${cell.domain}`;
    this.playersIssuer = `${this.baseUrl}/players`;
    this.playersKey = this.createSigningKey('PlayersKey', KeySpec.RSA_2048, 'Signs the tokens of the players of');
    // Kept apart from the players' key: what a stranger is given to verify must not open anything here.
    const forCredentials = "Signs badges' credentials of";
    this.credentialsJwtKey = this.createSigningKey('CredentialsJwtKey', KeySpec.RSA_2048, forCredentials);
    this.credentialsProofKey = this.createSigningKey(
      'CredentialsProofKey',
      KeySpec.ECC_NIST_EDWARDS25519,
      forCredentials,
    );
    const { api } = new TenantApi(this, 'Gateway', {
      title: `laurel-${cell.name}-${tenant.slug}`,
      ...this.createApi(),
      authorizer: this.createAuthorizer(),
    });
    // A client of Cognito may have 50 scopes; a backend does not manage credentials, its own least of all.
    const scopes = scopesOfContract().filter(
      ({ name, platform }) => (tenant.runsPlatform || !platform) && !name.startsWith('api-clients:'),
    );
    const backend = identity.createMachine(
      this,
      'Backend',
      scopes.map(({ name }) => name),
    );
    new CfnOutput(this, 'BaseUrl', { value: api.url });
    new CfnOutput(this, 'BackendClientId', { value: backend.userPoolClientId });
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
  private createApi(): { readonly api: LambdaFunction; readonly live: LambdaFunction } {
    const { cell, tenant, data } = this.props;
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
    const environment: ApiVariables = {
      LAUREL_CELL: cell.name,
      LAUREL_TENANT: tenant.slug,
      LAUREL_TABLE: data.table.tableName,
      ...vaultVariables(data),
      LAUREL_BASE_URL: this.baseUrl,
      LAUREL_PLAYERS_ISSUER: this.playersIssuer,
      LAUREL_PLAYERS_KEYS: this.playersKey.keyArn,
      LAUREL_BADGES_JWT_KEYS: this.credentialsJwtKey.keyArn,
      LAUREL_BADGES_PROOF_KEYS: this.credentialsProofKey.keyArn,
      LAUREL_CURSOR_SECRET_ARN: cursorSecret.secretArn,
      LAUREL_SEALING_SECRET_ARN: sealingSecret.secretArn,
      ...(cell.cache === undefined ? {} : { LAUREL_RANKS_URL: cell.cache.url }),
      LAUREL_LOG_LEVEL: 'INFO',
    };
    const reaches = [...apiReach(tenant.slug), ...(tenant.runsPlatform ? platformReach() : [])];
    const readsSecrets = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [cursorSecret.secretArn, sealingSecret.secretArn],
    });
    const network = cell.cache === undefined ? {} : { network: networkOf(this, cell.cache) };
    const live = new ServerFunction(this, 'Live', {
      entry: 'live',
      description: `The live streams of ${tenant.slug}.`,
      environment: { ...environment },
      memory: 512,
      timeout: LIVE_TIMEOUT,
      ...network,
      statements: [
        ...itemStatements(data, liveReach(tenant.slug)),
        ...vaultStatements(data, { tenant: tenant.slug, changes: false, opensWorkspaces: false, lists: false }),
        readsSecrets,
      ],
    });
    const api = new ServerFunction(this, 'Api', {
      entry: 'api',
      description: `The API of ${tenant.slug}.`,
      environment: { ...environment },
      memory: 1024,
      timeout: Duration.seconds(10),
      ...network,
      statements: [
        ...itemStatements(data, reaches),
        ...vaultStatements(data, { tenant: tenant.slug, changes: true, opensWorkspaces: true, lists: false }),
        new PolicyStatement({
          actions: ['kms:Sign', 'kms:GetPublicKey'],
          resources: [this.playersKey, this.credentialsJwtKey, this.credentialsProofKey].map(({ keyArn }) => keyArn),
        }),
        readsSecrets,
      ],
    });
    return { api: api.function, live: live.function };
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
      LAUREL_PLAYERS_KEYS: this.playersKey.keyArn,
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
        new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [this.playersKey.keyArn] }),
      ],
    }).function;
  }
}
