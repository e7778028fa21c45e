import { resourcesOf, type Templates } from '../templates.ts';

/** What is wrong with how the table is followed, by the stack of that name. */
export function streamFaults(templates: Templates, name = 'stream'): string[] {
  const mappings = resourcesOf(templates, 'AWS::Lambda::EventSourceMapping').filter(({ stack }) =>
    stack.endsWith(`-${name}`),
  );
  if (mappings.length !== 1) return [`the table is followed ${mappings.length} times`];
  return mappings.flatMap(({ resource: { Properties: mapping } }) => [
    ...(JSON.stringify(mapping.EventSourceArn).includes('StreamArn') ? [] : ['something else is followed']),
    ...(JSON.stringify(mapping.FunctionName).includes('StreamFunction') ? [] : ['another function follows']),
    ...(mapping.StartingPosition === 'TRIM_HORIZON' ? [] : ['what was there before is not told']),
    ...(mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') ? [] : ['what is handed back is lost']),
    // By the shard and one at a time: a player's happenings keep their order.
    ...((mapping.ParallelizationFactor ?? 1) === 1 ? [] : ['a shard is followed by several at once']),
    // Ever again (-1, or nothing said), until it is too old: an outage is no fault of the records.
    ...((mapping.MaximumRetryAttempts ?? -1) === -1 ? [] : ['an outage loses records']),
    ...((mapping.MaximumRecordAgeInSeconds ?? -1) > 0 ? [] : ['records grow too old unseen']),
    ...(mapping.DestinationConfig?.OnFailure?.Destination === undefined ? ['what was missed is named nowhere'] : []),
  ]);
}
