import { isDeepStrictEqual } from 'node:util';
import { keysDefinition, TTL_ATTRIBUTE, tableDefinition } from '@laurel/server/store/table';
import { resourcesOf, type Templates } from '../templates.ts';

/** What is wrong with the table: its shape by the server's own description, and what guards its data. */
export function tableFaults(templates: Templates, jurisdiction: RegExp): string[] {
  const tables = resourcesOf(templates, 'AWS::DynamoDB::GlobalTable');
  const streamed = tables.filter(({ id }) => !id.startsWith('Keys'));
  if (streamed.length !== 1 || tables.length !== 2)
    return [`a cell has one table, and one of keys, not ${tables.length}`];
  const wanted = tableDefinition('any');
  return streamed.flatMap(({ resource }) => {
    const table = resource.Properties;
    const shape = {
      AttributeDefinitions: isDeepStrictEqual(table.AttributeDefinitions, wanted.AttributeDefinitions),
      KeySchema: isDeepStrictEqual(table.KeySchema, wanted.KeySchema),
      GlobalSecondaryIndexes: isDeepStrictEqual(table.GlobalSecondaryIndexes, wanted.GlobalSecondaryIndexes),
      BillingMode: table.BillingMode === wanted.BillingMode,
      StreamSpecification:
        table.StreamSpecification?.StreamViewType === wanted.StreamSpecification?.StreamViewType &&
        wanted.StreamSpecification?.StreamEnabled === true,
      TimeToLiveSpecification:
        table.TimeToLiveSpecification?.AttributeName === TTL_ATTRIBUTE && table.TimeToLiveSpecification.Enabled,
    };
    const differing = Object.entries(shape).flatMap(([part, isSame]) => (isSame ? [] : [`${part} is another`]));
    const unguarded = table.Replicas.flatMap((replica) => [
      ...(jurisdiction.test(replica.Region) ? [] : [`${replica.Region} is outside the cell`]),
      ...(replica.DeletionProtectionEnabled === true ? [] : [`${replica.Region} can be deleted`]),
      ...(replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true
        ? []
        : [`${replica.Region} cannot be gone back in`]),
      ...(replica.SSESpecification?.KMSMasterKeyId === undefined ? [`${replica.Region} has no key of its own`] : []),
    ]);
    return [...differing, ...unguarded, ...(resource.DeletionPolicy === 'Retain' ? [] : ['it goes with its stack'])];
  });
}

/** What is wrong with the table of users' keys: what is destroyed there must be in no stream and in no backup. */
export function keysFaults(templates: Templates): string[] {
  const tables = resourcesOf(templates, 'AWS::DynamoDB::GlobalTable').filter(({ id }) => id.startsWith('Keys'));
  const wanted = keysDefinition('any');
  return tables.flatMap(({ resource }) => {
    const { Properties, DeletionPolicy } = resource;
    const unguarded = Properties.Replicas.flatMap((replica) => [
      ...(replica.DeletionProtectionEnabled === true ? [] : ['the keys can be deleted']),
      ...(replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true
        ? ['destroyed keys can be brought back']
        : []),
      ...(replica.SSESpecification?.KMSMasterKeyId === undefined ? ['the keys have no key of their own'] : []),
    ]);
    return [
      ...(isDeepStrictEqual(Properties.KeySchema, wanted.KeySchema) ? [] : ['the KeySchema of the keys is another']),
      ...(Properties.StreamSpecification === undefined ? [] : ['a stream tells of keys']),
      ...unguarded,
      ...(DeletionPolicy === 'Retain' ? [] : ['the keys go with their stack']),
    ];
  });
}
