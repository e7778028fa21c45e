import type { PreTokenVariables } from '@laurel/server/lambda/environment';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  UserPoolClient,
  type UserPoolClientOptions,
  UserPoolEmail,
  UserPoolOperation,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { itemStatements, preTokenReach } from './access.ts';
import type { CellConfig } from './config.ts';
import { scopesOfContract } from './contract.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';

/** The identifier of Laurel's API as a resource server; Cognito writes a scope as `laurel/events:write`. */
const RESOURCE_SERVER = 'laurel';

/** What every client has: short-lived tokens that can be taken back. */
const TOKENS = {
  accessTokenValidity: Duration.minutes(15),
  enableTokenRevocation: true,
  preventUserExistenceErrors: true,
} as const satisfies UserPoolClientOptions;

/**
 * The cell's user pool: operators sign in by an authorization code with PKCE, machines by client credentials. The
 * trigger needs the plan Essentials or Plus; Plus watches for stolen passwords besides.
 */
export class IdentityStack extends Stack {
  readonly pool: UserPool;
  /** The client by which people sign in. */
  readonly console: UserPoolClient;
  private readonly resourceServer: UserPoolResourceServer;

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly cell: CellConfig; readonly data: DataStack },
  ) {
    super(scope, id, props);
    this.pool = this.createPool(props.cell);
    this.addClaims(props.data);
    this.resourceServer = this.pool.addResourceServer('Api', {
      identifier: RESOURCE_SERVER,
      scopes: scopesOfContract().map(
        ({ name, description }) => new ResourceServerScope({ scopeName: name, scopeDescription: description }),
      ),
    });
    this.pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: props.cell.signInPrefix } });
    this.console = this.createConsole(props.cell);
  }

  /** The exact `iss` of the pool's tokens. */
  get issuer(): string {
    return `https://cognito-idp.${this.region}.amazonaws.com/${this.pool.userPoolId}`;
  }

  /** A machine's client, made in `scope`: which tenant it belongs to stands in that tenant's directory, by its id. */
  createMachine(scope: Construct, id: string, scopes: readonly string[]): UserPoolClient {
    const client = new UserPoolClient(scope, id, {
      ...TOKENS,
      userPool: this.pool,
      generateSecret: true,
      authFlows: {},
      oAuth: {
        flows: { clientCredentials: true },
        scopes: scopes.map((name) => OAuthScope.custom(`${RESOURCE_SERVER}/${name}`)),
      },
    });
    client.node.addDependency(this.resourceServer);
    return client;
  }

  /**
   * Where a cell says so, people may sign in by a code that Cognito mails to them. Cognito offers codes only where a second
   * factor is not demanded of everybody: whoever has one is still asked for it after a password.
   */
  private createPool({ mail }: CellConfig): UserPool {
    return new UserPool(this, 'Pool', {
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      email: UserPoolEmail.withSES({ fromEmail: mail.from, sesRegion: this.region, sesVerifiedDomain: mail.domain }),
      ...(mail.signInCodes === true
        ? { mfa: Mfa.OPTIONAL, signInPolicy: { allowedFirstAuthFactors: { password: true, emailOtp: true } } }
        : { mfa: Mfa.REQUIRED }),
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      // Where somebody works. No client may write them (see the console's), only an administrator.
      customAttributes: {
        tenant: new StringAttribute({ minLen: 3, maxLen: 40, mutable: true }),
        workspace: new StringAttribute({ minLen: 3, maxLen: 40, mutable: true }),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Makes the pool's access tokens carry what the authorizers read. */
  private addClaims(data: DataStack): void {
    const environment: PreTokenVariables = {
      LAUREL_RESOURCE_SERVER: RESOURCE_SERVER,
      LAUREL_TABLE: data.table.tableName,
    };
    const claims = new ServerFunction(this, 'PreToken', {
      entry: 'pre-token',
      description: 'Puts tenant, workspace and plain scopes into access tokens.',
      environment: { ...environment },
      memory: 256,
      // Cognito waits five seconds.
      timeout: Duration.seconds(5),
      statements: itemStatements(data, preTokenReach()),
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, claims.function, LambdaVersion.V3_0);
  }

  /** Without a secret, which a browser could not keep: PKCE stands in its place. */
  private createConsole({ consoleCallbacks, mail }: CellConfig): UserPoolClient {
    return this.pool.addClient('Console', {
      ...TOKENS,
      generateSecret: false,
      // To choose how to sign in is a flow of its own.
      authFlows: mail.signInCodes === true ? { user: true } : {},
      refreshTokenValidity: Duration.hours(10),
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [...consoleCallbacks],
      },
      writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true }),
    });
  }
}
