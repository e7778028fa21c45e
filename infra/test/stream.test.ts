import { keyOf, workspaceScope } from '@laurel/server/store/scope';
import { describe, expect, test } from 'vitest';
import { testRule } from './faults.ts';
import { allows, statementsOf } from './rules/access.ts';
import { streamFaults } from './rules/stream.ts';
import { resourcesOf, type Templates, templatesOf, theOne, withCache } from './templates.ts';

const templates = await templatesOf();
const cached = await templatesOf(withCache);
const mapping = (copy: Templates) => theOne(copy, 'AWS::Lambda::EventSourceMapping', 'Telling');
const set = (own: Partial<ReturnType<typeof mapping>>) => (copy: Templates) => Object.assign(mapping(copy), own);

describe('the table is followed, in order and without loss', () => {
  testRule(templates, streamFaults, [
    ['another source', /something else is followed/, set({ EventSourceArn: 'arn:aws:sqs:eu-west-1:1:queue' })],
    ['another function', /another function follows/, set({ FunctionName: { Ref: 'Scheduler' } })],
    ['a start at the end', /what was there before/, set({ StartingPosition: 'LATEST' })],
    ['a batch that counts as taken', /handed back/, set({ FunctionResponseTypes: [] })],
    ['several at once', /several at once/, set({ ParallelizationFactor: 4 })],
    ['an end of tries', /loses records/, set({ MaximumRetryAttempts: 3 })],
    ['no oldest record', /too old/, (copy) => delete mapping(copy).MaximumRecordAgeInSeconds],
    ['no queue for what was missed', /named nowhere/, (copy) => delete mapping(copy).DestinationConfig],
    ['nobody', /followed 0 times/, (copy) => delete copy['laurel-eu-stream']],
  ]);
});

describe('a cell with a cache', () => {
  test('has it told by a follower of its own, as whole as the other', () => {
    expect(streamFaults(cached)).toEqual([]);
    expect(streamFaults(cached, 'ranks')).toEqual([]);
    expect(streamFaults(templates, 'ranks')).toEqual(['the table is followed 0 times']);
  });

  test('puts whoever asks it into its network, and tells them where it is', () => {
    const asking = resourcesOf(cached, 'AWS::Lambda::Function').filter(
      ({ resource }) => resource.Properties.Environment.Variables.LAUREL_RANKS_URL === withCache.cache.url,
    );
    expect(asking.map(({ resource }) => resource.Properties.Description).toSorted()).toEqual([
      'Keeps the ranks of the cell.',
      'Runs what is due in the workspaces of the cell.',
      'The API of demo.',
      'The live streams of demo.',
    ]);
    const network = { SecurityGroupIds: ['sg-0a1b2c3d'], SubnetIds: ['subnet-0a1b2c3d', 'subnet-0a1b2c3e'] };
    for (const { resource } of asking) expect(resource.Properties).toMatchObject({ VpcConfig: network });
    const inNetwork = resourcesOf(cached, 'AWS::Lambda::Function').filter(
      ({ resource }) => 'VpcConfig' in resource.Properties,
    );
    expect(inNetwork).toHaveLength(asking.length);
  });

  test('lets the follower of ranks touch nothing of a tenant', () => {
    const statements = statementsOf(cached, 'laurel-eu-ranks', 'RankingStreamRole');
    const keys = [
      ['U', 'usr_1'],
      ['DUE', '3'],
      ['DEFINITIONS', 'missions'],
    ];
    for (const parts of keys)
      for (const operation of ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'])
        expect(allows(statements, operation, keyOf(workspaceScope('demo', 'main'), parts, []).pk)).toBe(false);
  });
});
