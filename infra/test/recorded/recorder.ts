import { AsyncLocalStorage } from 'node:async_hooks';
import type { ApiServices } from '@laurel/server/lambda/api-platform';
import type { tableOf } from '@laurel/server/store/client';
import { accessesOf, type ItemAccess } from './accesses.ts';

/** The functions of a cell; a tenant has some of its own. */
export type FunctionName =
  | 'schedule'
  | 'stream'
  | 'ranks'
  | 'pre-token'
  | 'sealer'
  | `${'api' | 'live' | 'authorizer' | 'collector'} of ${string}`;

/** Who is at work: the functions whose code runs, and what they do, for messages. */
interface Work {
  readonly functions: readonly FunctionName[];
  readonly doing: string;
  /** Partition keys that only some of them write to, though in one transaction with the others. */
  readonly beside?: { readonly keys: ReadonlySet<string>; readonly functions: readonly FunctionName[] };
}

/** An access to the table by a function. */
export interface TableAccess extends ItemAccess {
  /** Which of the cell's tables it is. */
  readonly of: 'table' | 'keys';
  readonly by: FunctionName;
  /** What was done when it was first seen: a request, a turn, a consumer. */
  readonly doing: string;
}

/** A request to another service of AWS by a function. */
export interface ServiceAccess {
  readonly by: FunctionName;
  /** Such as `kms:Sign`. */
  readonly action: string;
  /** The key or secret that it names, as the request does. */
  readonly resource: string;
  /** The tenant in the context that what is encrypted is bound to, where it is bound to one. */
  readonly tenant?: string;
  /** The prefix of names that a list is of. */
  readonly prefix?: string;
  readonly doing: string;
}

const working = new AsyncLocalStorage<Work>();
const table = new Map<string, TableAccess>();
const services = new Map<string, ServiceAccess>();
/** What was done with success, such as `GET /app/v1/me 200`. */
const done = new Set<string>();

/** Runs something as the code of functions: whatever it asks of AWS is theirs. */
export function workAs<T>(
  functions: FunctionName | readonly FunctionName[],
  doing: string,
  work: () => T,
  beside?: Work['beside'],
): T {
  return working.run({ functions: [functions].flat(), doing, ...(beside && { beside }) }, work);
}

/** Who is at work here, if it is a function. */
export const atWork = (): Work | undefined => working.getStore();

/** Notes that something was done to its end. */
export function noteDone(what: string): void {
  done.add(what);
}

/** All that was recorded. */
export const recorded = {
  table: (): readonly TableAccess[] => [...table.values()],
  services: (): readonly ServiceAccess[] => [...services.values()],
  done: (): ReadonlySet<string> => done,
};

type Note = (command: string, input: Readonly<Record<string, unknown>>) => void;

/** How a client's middleware notes what is asked, before it is sent: what IAM would refuse is noted as well. */
const noting =
  (note: Note) =>
  <Request extends { readonly input: object }, Answer>(
    next: (request: Request) => Promise<Answer>,
    { commandName = '' }: { readonly commandName?: string },
  ) =>
  (request: Request): Promise<Answer> => {
    note(commandName.replace(/Command$/, ''), { ...request.input });
    return next(request);
  };

const FIRST = { step: 'initialize', name: 'recorder', priority: 'high' } as const;

/** The operation of DynamoDB that a command of either client is. */
const operationOf = (command: string): string =>
  ({
    Get: 'GetItem',
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    BatchGet: 'BatchGetItem',
    BatchWrite: 'BatchWriteItem',
    TransactWrite: 'TransactWriteItems',
    TransactGet: 'TransactGetItems',
  })[command] ?? command;

/** Which of those at work an access is of. */
function whose({ functions, beside }: Work, { keys }: ItemAccess): readonly FunctionName[] {
  return beside !== undefined && keys.some((key) => beside.keys.has(key)) ? beside.functions : functions;
}

/** Notes what functions ask of their table from now on; the embedded platform has another one, which AWS has not. */
export function recordTable(client: Parameters<typeof tableOf>[0], tableName: string): void {
  const of = tableName.endsWith('-keys') ? 'keys' : 'table';
  const note: Note = (command, input) => {
    const work = atWork();
    if (work === undefined || (input.TableName ?? tableName) !== tableName) return;
    for (const access of accessesOf(operationOf(command), input))
      for (const by of whose(work, access)) {
        const name = `${by} ${of} ${access.action} ${access.index} ${access.keys.join('\n')}`;
        if (!table.has(name)) table.set(name, { ...access, of, by, doing: work.doing });
      }
  };
  client.middlewareStack.add(noting(note), FIRST);
}

const noteService =
  (service: string): Note =>
  (command, { KeyId, SecretId, EncryptionContext }) => {
    const work = atWork();
    for (const by of work?.functions ?? []) {
      const { tenant }: { readonly tenant?: string } = Object(EncryptionContext);
      const bound = tenant === undefined ? {} : { tenant };
      const access = { by, action: `${service}:${command}`, resource: String(KeyId ?? SecretId), ...bound };
      services.set(Object.values(access).join(' '), { ...access, doing: work?.doing ?? '' });
    }
  };

const noteBucket: Note = (command, { Bucket, Key, Prefix }) => {
  const work = atWork();
  const isList = command === 'ListObjectsV2';
  const resource = `arn:aws:s3:::${String(Bucket)}${isList ? '' : `/${String(Key)}`}`;
  const prefix = isList ? { prefix: String(Prefix) } : {};
  for (const by of work?.functions ?? []) {
    const access = { by, action: isList ? 's3:ListBucket' : `s3:${command}`, resource };
    services.set(Object.values(access).join(' '), { ...access, ...prefix, doing: work?.doing ?? '' });
  }
};

/** Notes what functions ask of KMS, Secrets Manager and S3 from now on. */
export function recordServices({ kms, secrets, s3 }: Pick<ApiServices, 'kms' | 'secrets' | 's3'>): void {
  s3.middlewareStack.add(noting(noteBucket), FIRST);
  kms.middlewareStack.add(noting(noteService('kms')), FIRST);
  secrets.middlewareStack.add(noting(noteService('secretsmanager')), FIRST);
}
