import { memoryRanks } from '../../src/ranks/memory-ranks.ts';
import { readKeys, tableRanks } from '../../src/store/table-ranks.ts';
import { describeRanks } from './suite.ts';

const nothing = async () => {};

describeRanks('counted in the table', async ({ table }) => ({
  index: tableRanks(table),
  apply: nothing,
  close: nothing,
}));

describeRanks('in memory', async ({ table }) => {
  const index = memoryRanks((scope, ranking) => readKeys(table, scope, ranking));
  return { index, apply: async (changes) => index.apply(changes), close: nothing };
});

describeRanks('in memory, of which little is kept', async ({ table }) => {
  const index = memoryRanks((scope, ranking) => readKeys(table, scope, ranking), 10);
  return { index, apply: async (changes) => index.apply(changes), close: nothing };
});
