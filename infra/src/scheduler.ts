import type { ScheduleVariables } from '@laurel/server/lambda/environment';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { exceptPlatform, itemStatements, schedulerReach } from './access.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';

/**
 * Runs what is due in the workspaces of the cell, every minute. It is called by nobody but the clock, and takes no
 * input; one runs at a time, since a second would only look at the same.
 */
export class SchedulerStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly data: DataStack }) {
    super(scope, id, props);
    const { data } = props;
    const environment: ScheduleVariables = { LAUREL_TABLE: data.table.tableName, LAUREL_LOG_LEVEL: 'INFO' };
    const scheduler = new ServerFunction(this, 'Scheduler', {
      entry: 'schedule',
      description: 'Runs what is due in the workspaces of the cell.',
      environment: { ...environment },
      memory: 1024,
      timeout: Duration.minutes(5),
      concurrency: 1,
      statements: [...itemStatements(data, schedulerReach()), exceptPlatform(data)],
    });
    new Rule(this, 'EveryMinute', {
      description: 'Calls the scheduler.',
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next minute calls again: a call that came late would do what that one does.
      targets: [new LambdaFunction(scheduler.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
