/** What IAM is asked for one item, list or batch of a table: the part of a request that a policy speaks of. */
export interface ItemAccess {
  /** Such as `dynamodb:ConditionCheckItem`. */
  readonly action: string;
  /** The index that is read, where it is not the table itself. */
  readonly index?: string;
  /** The partition keys that are touched; none where the request names none (Scan). */
  readonly keys: readonly string[];
}

/** A request as the document client or the plain client writes it. */
type Input = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Input => ({ ...Object(value) });
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The text of a value, plain or with DynamoDB's own type around it. */
function textOf(value: unknown): string {
  const text: unknown = typeof value === 'string' ? value : fieldsOf(value).S;
  if (typeof text !== 'string') throw new Error(`a key is no text: ${JSON.stringify(value)}`);
  return text;
}

/** The partition key of an item or of a key. */
const keyIn = (item: unknown): string => textOf(fieldsOf(item).pk);

/** The partition that a query is of. */
function queriedKey(input: Input): string {
  const condition = String(input.KeyConditionExpression);
  const [, name = '', value = ''] = /(#?\w+)\s*=\s*(:\w+)/.exec(condition) ?? [];
  const attribute = name.startsWith('#') ? fieldsOf(input.ExpressionAttributeNames)[name] : name;
  const wanted = input.IndexName === undefined ? 'pk' : `${String(input.IndexName)}pk`;
  if (attribute !== wanted) throw new Error(`a query is not of ${wanted}: ${condition}`);
  return textOf(fieldsOf(input.ExpressionAttributeValues)[value]);
}

/** The item or the key of one part of a transaction, and the right that it takes. */
function partAccess(part: unknown): ItemAccess {
  const [[operation, body] = ['nothing', {}]] = Object.entries(fieldsOf(part)).filter(([, one]) => one !== undefined);
  const { Item, Key } = fieldsOf(body);
  const action = operation === 'ConditionCheck' ? 'ConditionCheckItem' : `${operation}Item`;
  return { action: `dynamodb:${action}`, keys: [keyIn(Item ?? Key)] };
}

/**
 * What IAM is asked for a request. A transaction has no right of its own: each of its parts is asked for by itself. A
 * batch is one question about all its keys.
 * @throws Error for an operation that is not known here, so that none passes unseen
 */
export function accessesOf(operation: string, input: Input): readonly ItemAccess[] {
  const one = (action: string, keys: readonly string[]): ItemAccess => ({ action: `dynamodb:${action}`, keys });
  switch (operation) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [one(operation, [keyIn(input.Key)])];
    case 'PutItem':
      return [one(operation, [keyIn(input.Item)])];
    case 'Query': {
      const index = input.IndexName === undefined ? {} : { index: String(input.IndexName) };
      return [{ ...one(operation, [queriedKey(input)]), ...index }];
    }
    case 'Scan':
      return [one(operation, [])];
    case 'BatchGetItem':
      return Object.values(fieldsOf(input.RequestItems)).map((request) =>
        one(operation, listOf(fieldsOf(request).Keys).map(keyIn)),
      );
    case 'BatchWriteItem':
      return Object.values(fieldsOf(input.RequestItems)).map((requests) =>
        one(
          operation,
          listOf(requests).map((request) => {
            const { PutRequest, DeleteRequest } = fieldsOf(request);
            return keyIn(fieldsOf(PutRequest).Item ?? fieldsOf(DeleteRequest).Key);
          }),
        ),
      );
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return listOf(input.TransactItems).map(partAccess);
    default:
      throw new Error(`what IAM asks of ${operation} is not known here`);
  }
}
