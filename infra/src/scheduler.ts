import type { ScheduleVariables } from '@laurel/server/lambda/environment';
import { ArnFormat, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { exceptChains, exceptPlatform, exceptTenants, itemStatements, schedulerReach } from './access.ts';
import { type CellConfig, pseudonymName, sealingName } from './config.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';
import { networkOf } from './network.ts';
import { vaultStatements, vaultVariables } from './vault.ts';

/**
 * Runs what is due in the workspaces of the cell, every minute. It is called by nobody but the clock, and takes no
 * input; one runs at a time, since a second would only look at the same. It delivers webhooks, so it may read what seals
 * the secrets that they are signed with.
 */
export class SchedulerStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly data: DataStack; readonly cell: CellConfig },
  ) {
    super(scope, id, props);
    const { data, cell } = props;
    const environment: ScheduleVariables = {
      LAUREL_TABLE: data.table.tableName,
      ...vaultVariables(data),
      LAUREL_SEALING_NAME: sealingName(cell, '{tenant}'),
      LAUREL_PSEUDONYM_NAME: pseudonymName(cell, '{tenant}'),
      ...(cell.cache === undefined ? {} : { LAUREL_RANKS_URL: cell.cache.url, LAUREL_CACHE_URL: cell.cache.url }),
      LAUREL_LOG_LEVEL: 'INFO',
    };
    const scheduler = new ServerFunction(this, 'Scheduler', {
      entry: 'schedule',
      description: 'Runs what is due in the workspaces of the cell.',
      environment: { ...environment },
      memory: 1024,
      timeout: Duration.minutes(5),
      concurrency: 1,
      ...(cell.cache === undefined ? {} : { network: networkOf(this, cell.cache) }),
      statements: [
        ...itemStatements(data, schedulerReach()),
        ...vaultStatements(data, { changes: true, opensWorkspaces: false, lists: true }),
        exceptPlatform(data),
        exceptTenants(data),
        ...exceptChains(data),
        new PolicyStatement({
          actions: ['secretsmanager:GetSecretValue'],
          // Secrets Manager adds six characters of its own to a name.
          resources: [sealingName(cell, '*'), pseudonymName(cell, '*')].map((name) =>
            this.formatArn({
              service: 'secretsmanager',
              resource: 'secret',
              resourceName: `${name}-??????`,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          ),
        }),
      ],
    });
    new Rule(this, 'EveryMinute', {
      description: 'Calls the scheduler.',
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next minute calls again: a call that came late would do what that one does.
      targets: [new LambdaFunction(scheduler.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
