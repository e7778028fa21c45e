import { Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { apiDefinition } from './api-definition.ts';
import { openApiDocuments } from './contract.ts';
import { logGroup } from './functions.ts';

/**
 * One line a call, without a word that a person wrote and without what tells one person from another: no address, no
 * path (the resource stands for it), no user agent, no principal.
 */
export const ACCESS_LOG: Readonly<Record<string, string>> = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  authorizerMilliseconds: '$context.authorizer.latency',
  authorizerStatus: '$context.authorizer.status',
  tenant: '$context.authorizer.tenant',
  caller: '$context.authorizer.kind',
  failure: '$context.error.responseType',
  bytes: '$context.responseLength',
};

/** The outermost fence, far above what a tenant may ask: the real limits are the server's. */
export const THROTTLE = { throttlingRateLimit: 1000, throttlingBurstLimit: 2000 } as const;

/** What a tenant's API stands before. */
export interface TenantApiProps {
  readonly title: string;
  readonly api: LambdaFunction;
  /** Answers with streams. */
  readonly live: LambdaFunction;
  readonly authorizer: LambdaFunction;
  /** The web ACL that stands before it, by its ARN. */
  readonly fence: string;
}

/**
 * A tenant's own REST API: a method of API Gateway takes exactly one authorizer, so a dedicated authorizer asks for an
 * API of its own. It is made from one definition: the number of resources does not grow with the routes.
 */
export class TenantApi extends Construct {
  readonly api: SpecRestApi;
  /** One line a call. */
  readonly accessLogs: LogGroup;

  constructor(scope: Construct, id: string, props: TenantApiProps) {
    super(scope, id);
    const uriOf = (called: LambdaFunction, version = '2015-03-31', invocations = 'invocations'): string => {
      const { partition, region } = Stack.of(this);
      const path = `${version}/functions/${called.functionArn}/${invocations}`;
      return `arn:${partition}:apigateway:${region}:lambda:path/${path}`;
    };
    this.accessLogs = logGroup(this, 'AccessLogs');
    this.api = new SpecRestApi(this, 'Api', {
      restApiName: props.title,
      apiDefinition: ApiDefinition.fromInline(
        apiDefinition({
          title: props.title,
          documents: openApiDocuments(),
          functionUri: uriOf(props.api),
          streamUri: uriOf(props.live, '2021-11-15', 'response-streaming-invocations'),
          authorizerUri: uriOf(props.authorizer),
        }),
      ),
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'live',
        ...THROTTLE,
        metricsEnabled: true,
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        accessLogDestination: new LogGroupLogDestination(this.accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    new CfnWebACLAssociation(this, 'Fenced', {
      resourceArn: this.api.deploymentStage.stageArn,
      webAclArn: props.fence,
    });
    const gateway = new ServicePrincipal('apigateway.amazonaws.com');
    for (const called of [props.api, props.live])
      called.addPermission('Gateway', {
        principal: gateway,
        sourceArn: this.api.arnForExecuteApi('*', '/*', this.api.deploymentStage.stageName),
      });
    props.authorizer.addPermission('Gateway', {
      principal: gateway,
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.restApiId,
        resourceName: 'authorizers/*',
      }),
    });
  }
}
