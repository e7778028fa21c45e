import { describe } from 'vitest';
import { testRule } from './faults.ts';
import { streamFaults } from './rules/stream.ts';
import { type Templates, templatesOf, theOne } from './templates.ts';

const templates = await templatesOf();
const mapping = (copy: Templates) => theOne(copy, 'AWS::Lambda::EventSourceMapping');
const set = (own: Partial<ReturnType<typeof mapping>>) => (copy: Templates) => Object.assign(mapping(copy), own);

describe('the table is followed, in order and without loss', () => {
  testRule(templates, streamFaults, [
    ['another source', /something else is followed/, set({ EventSourceArn: 'arn:aws:sqs:eu-west-1:1:queue' })],
    ['another function', /another function follows/, set({ FunctionName: { Ref: 'SchedulerFunction' } })],
    ['a start at the end', /what was there before/, set({ StartingPosition: 'LATEST' })],
    ['a batch that counts as taken', /handed back/, set({ FunctionResponseTypes: [] })],
    ['several at once', /several at once/, set({ ParallelizationFactor: 4 })],
    ['an end of tries', /loses records/, set({ MaximumRetryAttempts: 3 })],
    ['no oldest record', /too old/, (copy) => delete mapping(copy).MaximumRecordAgeInSeconds],
    ['no queue for what was missed', /named nowhere/, (copy) => delete mapping(copy).DestinationConfig],
    ['nobody', /followed 0 times/, (copy) => delete copy['laurel-eu-stream']],
  ]);
});
