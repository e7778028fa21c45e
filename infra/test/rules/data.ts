import { isDeepStrictEqual } from 'node:util';
import { TTL_ATTRIBUTE, tableDefinition } from '@laurel/server/store/table';
import { resourcesOf, type Templates } from '../templates.ts';

/** What is wrong with the table: its shape by the server's own description, and what guards its data. */
export function tableFaults(templates: Templates, jurisdiction: RegExp): string[] {
  const tables = resourcesOf(templates, 'AWS::DynamoDB::GlobalTable');
  if (tables.length !== 1) return [`a cell has one table, not ${tables.length}`];
  const wanted = tableDefinition('any');
  return tables.flatMap(({ resource }) => {
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
