import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { codeOf, type Entry } from './bundle.ts';
import { type Network, networkStatements } from './network.ts';

/** How long logs are kept. They hold no personal data. */
export const LOG_RETENTION = RetentionDays.THREE_MONTHS;

/** A log group that ends with its stack's use, not with its data: it is kept until its time is over. */
export function logGroup(scope: Construct, id: string): LogGroup {
  return new LogGroup(scope, id, { retention: LOG_RETENTION, removalPolicy: RemovalPolicy.RETAIN });
}

/** How a function of `server/src/lambda` runs. */
export interface FunctionProps {
  readonly entry: Entry;
  readonly description: string;
  /** What it is told; the types of `server/src/lambda/environment.ts` say what each function needs. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memory: number;
  readonly timeout: Duration;
  /** How many may run at once; as many as it takes where it is missing. */
  readonly concurrency?: number;
  /** The network that it stands in; none where it is missing. */
  readonly network?: Network;
  /** Where what it was handed without anybody waiting goes when it has failed with it. */
  readonly deadLetters?: IQueue;
  /** All that it may do besides writing its own log. */
  readonly statements: readonly PolicyStatement[];
}

/** A function with a role and a log group of its own; no managed policy, which would let it write any log. */
export class ServerFunction extends Construct {
  readonly function: LambdaFunction;
  /** Where it logs. */
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    const logs = logGroup(this, 'Logs');
    this.logs = logs;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logs.grantWrite(role);
    const { network } = props;
    for (const statement of props.statements) role.addToPolicy(statement);
    if (network !== undefined) for (const statement of networkStatements()) role.addToPolicy(statement);
    this.function = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: codeOf(props.entry),
      environment: { ...props.environment },
      memorySize: props.memory,
      timeout: props.timeout,
      ...(network === undefined
        ? {}
        : {
            vpc: network.vpc,
            vpcSubnets: { subnets: network.vpc.privateSubnets },
            securityGroups: [network.securityGroup],
          }),
      ...(props.deadLetters === undefined ? {} : { deadLetterQueue: props.deadLetters }),
      ...(props.concurrency === undefined ? {} : { reservedConcurrentExecutions: props.concurrency }),
      role,
      logGroup: logs,
    });
  }
}
