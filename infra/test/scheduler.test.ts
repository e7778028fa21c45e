import { keyOf, platformScope, tenantScope, workspaceScope } from '@laurel/server/store/scope';
import { describe, expect, test } from 'vitest';
import { allows, statementsOf } from './rules/access.ts';
import { resourcesOf, templatesOf, theOne } from './templates.ts';

const templates = await templatesOf();
const STACK = 'laurel-eu-scheduler';

describe('the scheduler', () => {
  test('is called every minute, and by the clock alone', () => {
    const rule = theOne(templates, 'AWS::Events::Rule', 'EveryMinute');
    expect(rule.ScheduleExpression).toBe('rate(1 minute)');
    const [scheduler] = resourcesOf(templates, 'AWS::Lambda::Function').filter(({ stack }) => stack === STACK);
    expect(rule.Targets).toMatchObject([{ Arn: { 'Fn::GetAtt': [scheduler?.id, 'Arn'] } }]);
    const callers = resourcesOf(templates, 'AWS::Lambda::Permission').filter(({ stack }) => stack === STACK);
    expect(callers.map(({ resource }) => resource.Properties.Principal)).toEqual(['events.amazonaws.com']);
  });

  test('runs one at a time', () => {
    const [scheduler] = resourcesOf(templates, 'AWS::Lambda::Function').filter(({ stack }) => stack === STACK);
    expect(scheduler?.resource.Properties).toMatchObject({ ReservedConcurrentExecutions: 1 });
  });

  test('takes turns out of line, and records of players that another history does not have, and deletes nothing else', () => {
    const statements = statementsOf(templates, STACK, 'SchedulerRole');
    const keys = {
      team: keyOf(workspaceScope('demo', 'main'), ['TEAM', 'red'], []).pk,
      turns: keyOf(workspaceScope('demo', 'main'), ['DUE', '3'], []).pk,
      user: keyOf(workspaceScope('demo', 'main'), ['U', 'usr_1'], []).pk,
      ledger: keyOf(workspaceScope('demo', 'main'), ['ACCOUNT', 'issuance', '3'], []).pk,
      codes: keyOf(workspaceScope('demo', 'main'), ['CODES', 'mug'], []).pk,
      forged: keyOf(workspaceScope('demo', 'main'), ['U', 'x#DUE#3'], []).pk,
    };
    const deletable = Object.entries(keys).filter(([, key]) => allows(statements, 'DeleteItem', key));
    expect(deletable.map(([name]) => name)).toEqual(['team', 'turns', 'user', 'codes', 'forged']);
    for (const key of Object.values(keys)) expect(allows(statements, 'UpdateItem', key)).toBe(true);
    expect(allows(statements, 'Query', keyOf(platformScope(), ['DUE', '3'], []).pk)).toBe(true);
    for (const operation of ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'])
      expect(allows(statements, operation, keyOf(platformScope(), ['DUE', '3'], []).pk)).toBe(false);
    for (const operation of ['PutItem', 'UpdateItem', 'DeleteItem'])
      expect(allows(statements, operation, keyOf(tenantScope('demo'), ['CLIENT', 'cli_1'], []).pk)).toBe(false);
  });
});
