import * as batchGetItemCheck from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItemCheck from 'dynalite/validations/batchWriteItem.js';
import * as createTableCheck from 'dynalite/validations/createTable.js';
import * as deleteItemCheck from 'dynalite/validations/deleteItem.js';
import * as deleteTableCheck from 'dynalite/validations/deleteTable.js';
import * as describeTableCheck from 'dynalite/validations/describeTable.js';
import * as getItemCheck from 'dynalite/validations/getItem.js';
import type { CustomCheck, TypeTable } from 'dynalite/validations/index.js';
import * as listTablesCheck from 'dynalite/validations/listTables.js';
import * as putItemCheck from 'dynalite/validations/putItem.js';
import * as queryCheck from 'dynalite/validations/query.js';
import * as scanCheck from 'dynalite/validations/scan.js';
import * as updateItemCheck from 'dynalite/validations/updateItem.js';
import { batchGetItem, batchWriteItem } from './batch.ts';
import type { Context } from './context.ts';
import { validationError } from './errors.ts';
import { query } from './query.ts';
import { getItem } from './read.ts';
import * as shapes from './request-shapes.ts';
import type { BatchGetRequest, TransactGetRequest, TransactWriteRequest } from './requests.ts';
import { scan } from './scan.ts';
import { describeStream, getRecords, getShardIterator, listStreams } from './streams.ts';
import { createTable, deleteTable, describeTable, listTables, updateTable } from './table-operations.ts';
import { transactGetItems, transactWriteItems } from './transact.ts';
import { describeTimeToLive, updateTimeToLive } from './ttl.ts';
import { type Check, validatePart, validateRequest } from './validate-request.ts';
import { deleteItem, putItem, updateItem } from './write.ts';

/** An operation of the protocol. */
export interface Operation {
  /** Whether it may write, and so needs a transaction of the database. */
  readonly writes: boolean;
  /** @throws ServiceError */
  readonly run: (context: Context, data: object) => object;
}

function reads<Request extends object>(check: Check, run: (context: Context, request: Request) => object): Operation {
  return { writes: false, run: (context, data) => run(context, validateRequest<Request>(check, data)) };
}

function writes<Request extends object>(check: Check, run: (context: Context, request: Request) => object): Operation {
  return { ...reads(check, run), writes: true };
}

/** Our shape with dynalite's further checks, where it knows the operation. */
function extended(types: TypeTable, custom?: CustomCheck): Check {
  return { types, custom };
}

/** The operations of the table API and of the streams API, by their names on the wire. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['DynamoDB_20120810.CreateTable', writes(extended(shapes.createTableShape, createTableCheck.custom), createTable)],
  ['DynamoDB_20120810.DescribeTable', reads(describeTableCheck, describeTable)],
  ['DynamoDB_20120810.ListTables', reads(listTablesCheck, listTables)],
  ['DynamoDB_20120810.DeleteTable', writes(deleteTableCheck, deleteTable)],
  ['DynamoDB_20120810.UpdateTable', writes(extended(shapes.updateTableShape), updateTable)],
  ['DynamoDB_20120810.UpdateTimeToLive', writes(extended(shapes.updateTimeToLiveShape), updateTimeToLive)],
  ['DynamoDB_20120810.DescribeTimeToLive', reads(extended(shapes.describeTimeToLiveShape), describeTimeToLive)],
  ['DynamoDB_20120810.PutItem', writes(extended(shapes.putItemShape, putItemCheck.custom), putItem)],
  ['DynamoDB_20120810.GetItem', reads(getItemCheck, getItem)],
  ['DynamoDB_20120810.UpdateItem', writes(extended(shapes.updateItemShape, updateItemCheck.custom), updateItem)],
  ['DynamoDB_20120810.DeleteItem', writes(extended(shapes.deleteItemShape, deleteItemCheck.custom), deleteItem)],
  ['DynamoDB_20120810.Query', reads(queryCheck, query)],
  ['DynamoDB_20120810.Scan', reads(extended(shapes.scanShape, scanCheck.custom), scan)],
  ['DynamoDB_20120810.BatchGetItem', reads<BatchGetRequest>(batchGetItemCheck, batchGetItem)],
  ['DynamoDB_20120810.BatchWriteItem', writes(batchWriteItemCheck, batchWriteItem)],
  [
    'DynamoDB_20120810.TransactWriteItems',
    writes<TransactWriteRequest>(extended(shapes.transactWriteItemsShape), (context, request) => {
      request.TransactItems.forEach(checkTransactWrite);
      return transactWriteItems(context, request);
    }),
  ],
  [
    'DynamoDB_20120810.TransactGetItems',
    reads<TransactGetRequest>(extended(shapes.transactGetItemsShape), (context, request) => {
      for (const { Get } of request.TransactItems) validatePart(getItemCheck.custom, Get);
      return transactGetItems(context, request);
    }),
  ],
  ['DynamoDBStreams_20120810.ListStreams', reads(extended(shapes.listStreamsShape), listStreams)],
  ['DynamoDBStreams_20120810.DescribeStream', reads(extended(shapes.describeStreamShape), describeStream)],
  ['DynamoDBStreams_20120810.GetShardIterator', reads(extended(shapes.getShardIteratorShape), getShardIterator)],
  ['DynamoDBStreams_20120810.GetRecords', reads(extended(shapes.getRecordsShape), getRecords)],
]);

function checkTransactWrite(action: TransactWriteRequest['TransactItems'][number]): void {
  if (Object.keys(action).length !== 1) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  if (action.Put) validatePart(putItemCheck.custom, action.Put);
  if (action.Update) validatePart(updateItemCheck.custom, action.Update);
  if (action.Delete) validatePart(deleteItemCheck.custom, action.Delete);
  if (action.ConditionCheck) validatePart(deleteItemCheck.custom, action.ConditionCheck);
}
