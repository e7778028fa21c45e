import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app.ts';
import { type CellConfig, eu } from '../src/config.ts';

/** A statement of an IAM policy, as a template writes it. */
export interface Statement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Operation {
  parameters?: { name: string; in: string; required: boolean }[];
  security: Record<string, string[]>[];
  'x-amazon-apigateway-integration'?: {
    type: string;
    httpMethod: string;
    uri: unknown;
    timeoutInMillis: number;
    responseTransferMode?: string;
  };
}

export interface GatewayResponse {
  statusCode: string;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
}

interface PolicyShape {
  PolicyDocument: { Statement: Statement[] };
  Roles: { Ref: string }[];
}

/** The parts of CloudFormation's resources that the rules look at. */
export interface Shapes {
  'AWS::ApiGateway::RestApi': {
    Body: {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
      components: {
        securitySchemes: Record<
          string,
          {
            'x-amazon-apigateway-authorizer': {
              type: string;
              identitySource: string;
              authorizerUri: unknown;
              authorizerResultTtlInSeconds?: number;
            };
          }
        >;
      };
      'x-amazon-apigateway-gateway-responses': Record<string, GatewayResponse>;
    };
  };
  'AWS::ApiGateway::Stage': {
    AccessLogSetting?: { Format: string };
    MethodSettings: { DataTraceEnabled?: boolean; ThrottlingRateLimit?: number }[];
  };
  'AWS::SQS::Queue': { MessageRetentionPeriod?: number; VisibilityTimeout?: number };
  'AWS::Cognito::UserPool': {
    UserPoolTier?: string;
    LambdaConfig?: { PreTokenGenerationConfig?: { LambdaVersion: string } };
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: boolean };
  };
  'AWS::Cognito::UserPoolClient': {
    GenerateSecret?: boolean;
    AllowedOAuthFlows: string[];
    AllowedOAuthScopes: unknown[];
    AccessTokenValidity?: number;
    WriteAttributes?: string[];
  };
  'AWS::Cognito::UserPoolResourceServer': { Identifier: string; Scopes: { ScopeName: string }[] };
  'AWS::DynamoDB::GlobalTable': {
    AttributeDefinitions: object[];
    KeySchema: object[];
    GlobalSecondaryIndexes: object[];
    BillingMode: string;
    StreamSpecification?: { StreamViewType: string };
    TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
    Replicas: {
      Region: string;
      DeletionProtectionEnabled?: boolean;
      PointInTimeRecoverySpecification?: { PointInTimeRecoveryEnabled: boolean };
      SSESpecification?: { KMSMasterKeyId: unknown };
    }[];
  };
  'AWS::S3::Bucket': {
    ObjectLockEnabled?: boolean;
    ObjectLockConfiguration?: { Rule?: { DefaultRetention?: { Mode?: string; Days?: number } } };
    VersioningConfiguration?: { Status: string };
    BucketEncryption?: { ServerSideEncryptionConfiguration: { ServerSideEncryptionByDefault: object }[] };
    PublicAccessBlockConfiguration?: Record<string, boolean>;
  };
  'AWS::Logs::SubscriptionFilter': { FilterPattern: string; LogGroupName: unknown };
  'AWS::IAM::ManagedPolicy': PolicyShape;
  'AWS::IAM::Policy': PolicyShape;
  'AWS::IAM::Role': { ManagedPolicyArns?: unknown[]; Policies?: object[] };
  'AWS::KMS::Key': { KeySpec?: string; KeyUsage?: string; EnableKeyRotation?: boolean };
  'AWS::Lambda::Function': {
    Runtime: string;
    Architectures: string[];
    Description: string;
    Timeout: number;
    Environment: { Variables: Record<string, unknown> };
    Role: unknown;
    LoggingConfig?: { LogGroup: unknown };
    DeadLetterConfig?: { TargetArn: unknown };
  };
  'AWS::Lambda::EventSourceMapping': {
    EventSourceArn: unknown;
    FunctionName: unknown;
    StartingPosition: string;
    FunctionResponseTypes?: string[];
    MaximumRecordAgeInSeconds?: number;
    MaximumRetryAttempts?: number;
    ParallelizationFactor?: number;
    DestinationConfig?: { OnFailure?: { Destination?: unknown } };
  };
  'AWS::Events::Rule': { ScheduleExpression: string; Targets: object[] };
  'AWS::Lambda::Permission': { Principal: string; SourceArn?: unknown };
  'AWS::Logs::LogGroup': { RetentionInDays?: number };
  'AWS::WAFv2::WebACL': {
    DefaultAction: { Allow?: object };
    Rules: {
      Statement: {
        RateBasedStatement?: {
          CustomKeys?: { IP?: object; Header?: { Name: string } }[];
          Limit: number;
          EvaluationWindowSec: number;
        };
      };
      Action?: { Block?: { CustomResponse?: { ResponseCode: number; ResponseHeaders?: { Name: string }[] } } };
      VisibilityConfig: { SampledRequestsEnabled: boolean };
    }[];
    VisibilityConfig: { SampledRequestsEnabled: boolean };
  };
  'AWS::WAFv2::WebACLAssociation': { ResourceArn: unknown; WebACLArn: unknown };
  'AWS::VerifiedPermissions::Policy': { Definition: { Static: { Description: string; Statement: string } } };
  'AWS::VerifiedPermissions::PolicyStore': { Schema: { CedarJson: string }; ValidationSettings: { Mode: string } };
}

interface ResourceOf<T extends keyof Shapes> {
  Type: T;
  Properties: Shapes[T];
  DeletionPolicy?: string;
}

type Resource = { [T in keyof Shapes]: ResourceOf<T> }[keyof Shapes];

/** The templates of an app, by the names of their stacks. */
export type Templates = Record<string, { Resources: Record<string, Resource> }>;

/** Every resource of a type, with its stack and its name in it. */
export function resourcesOf<T extends keyof Shapes>(templates: Templates, type: T) {
  const isWanted = (resource: Resource): resource is Resource & ResourceOf<T> => resource.Type === type;
  return Object.entries(templates).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([id, resource]) => (isWanted(resource) ? [{ stack, id, resource }] : [])),
  );
}

/** The one resource of a type, whose name begins as said. */
export function theOne<T extends keyof Shapes>(templates: Templates, type: T, prefix = ''): Shapes[T] {
  const [first, ...more] = resourcesOf(templates, type).filter(({ id }) => id.startsWith(prefix));
  if (first === undefined || more.length > 0) throw new Error(`there is not exactly one ${type} ${prefix}`);
  return first.resource.Properties;
}

/** A cell whose second tenant runs the platform, beside one whose name begins like another's. */
export const threeTenants: CellConfig = {
  ...eu,
  tenants: [...eu.tenants, { slug: 'demo2', runsPlatform: false }, { slug: 'laurel', runsPlatform: true }],
};

/** A cell with a cache for ranks. */
export const withCache = {
  ...eu,
  cache: {
    url: 'rediss://laurel.example.cache.amazonaws.com:6379',
    vpcId: 'vpc-0a1b2c3d',
    subnets: [
      { id: 'subnet-0a1b2c3d', zone: 'eu-west-1a' },
      { id: 'subnet-0a1b2c3e', zone: 'eu-west-1b' },
    ],
    securityGroupId: 'sg-0a1b2c3d',
  },
} satisfies CellConfig;

/** The templates of a cell, without the functions' bundles. */
export async function templatesOf(cell: CellConfig = eu): Promise<Templates> {
  const outdir = mkdtempSync(join(tmpdir(), 'laurel-infra-'));
  try {
    const app = await buildApp(cell, { outdir, isBundled: false, isValidated: false });
    const assembly = app.synth();
    return Object.fromEntries(
      assembly.stacks.map((stack) => [stack.stackName, JSON.parse(readFileSync(stack.templateFullPath, 'utf8'))]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** A copy of the templates with a fault in it. */
export function seeded(templates: Templates, fault: (copy: Templates) => void): Templates {
  const copy = structuredClone(templates);
  fault(copy);
  return copy;
}

/** What roles may do, wherever it stands: what is too much for a policy of the role goes into one beside it. */
export function policiesOf(templates: Templates) {
  return [...resourcesOf(templates, 'AWS::IAM::Policy'), ...resourcesOf(templates, 'AWS::IAM::ManagedPolicy')];
}
