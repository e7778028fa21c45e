import type { TransactItem } from '@laurel/server/store/table';
import { accessesOf } from './accesses.ts';
import { atWork, type FunctionName, noteDone, workAs } from './recorder.ts';

/** An event of API Gateway, as far as it says whose it is. */
interface Event {
  readonly httpMethod: string;
  readonly path: string;
  readonly requestContext: { readonly apiId: string };
}

/** The platform's API of one process serves all tenants; on AWS each has a function of its own. */
const tenantOf = (event: Event): string => event.requestContext.apiId;

const requestOf = ({ httpMethod, path }: Event): string => `${httpMethod} ${path}`;

/** An API whose work is that of its tenant's function. */
export function recordedApi<E extends Event, Result extends { readonly statusCode: number }>(
  api: (event: E) => Promise<Result>,
): (event: E) => Promise<Result> {
  return (event) =>
    workAs(`api of ${tenantOf(event)}`, requestOf(event), async () => {
      const result = await api(event);
      noteDone(`${requestOf(event)} ${result.statusCode}`);
      return result;
    });
}

interface Opened {
  readonly body: AsyncIterable<string>;
}

/** Streams whose work, their later looks included, is that of their tenant's function. */
export function recordedStreams<E extends Event, How, Stream extends Opened>(
  open: (event: E, how: How) => Promise<Stream | undefined>,
): (event: E, how: How) => Promise<Stream | undefined> {
  return async (event, how) => {
    const by: FunctionName = `live of ${tenantOf(event)}`;
    const as = <T>(work: () => T): T => workAs(by, requestOf(event), work);
    const opened = await as(() => open(event, how));
    if (opened === undefined) return undefined;
    noteDone(`${requestOf(event)} live`);
    const body: AsyncIterable<string> = {
      [Symbol.asyncIterator]() {
        const parts = opened.body[Symbol.asyncIterator]();
        return {
          next: () => as(() => parts.next()),
          return: async (value?: unknown) => as(async () => (await parts.return?.(value)) ?? { done: true, value }),
        };
      },
    };
    return { ...opened, body };
  };
}

/** Handlers of turns that say which of them is at work, and that it came to its end. */
export function recordedTurns<Turn, Outcome>(
  handlers: ReadonlyMap<string, (turn: Turn) => Promise<Outcome>>,
): ReadonlyMap<string, (turn: Turn) => Promise<Outcome>> {
  return new Map(
    [...handlers].map(([kind, handler]) => [
      kind,
      async (turn) => {
        const work = atWork();
        const functions = work?.functions ?? ['schedule'];
        const outcome = await workAs(functions, `the turn ${kind}`, () => handler(turn), work?.beside);
        noteDone(`turn ${kind}`);
        return outcome;
      },
    ]),
  );
}

/** What is done within a run of turns beside them, by whoever called for it. */
interface Beside {
  readonly alongside?: (at: string, attempt: number) => Promise<readonly { readonly item: TransactItem }[]>;
  readonly afterwards?: (at: string) => Promise<unknown>;
}

/**
 * A run of turns, which is the scheduler's work. Where an API runs them, when a test clock is moved, they are its work as
 * well, and what it does beside them its alone.
 */
export function recordedRun<Run extends Beside, Report>(
  run: (all: Run) => Promise<Report>,
): (all: Run) => Promise<Report> {
  return (all) => {
    const caller = atWork();
    if (caller === undefined) return workAs('schedule', 'a run', () => run(all));
    if (caller.functions.includes('schedule')) return run(all);
    const { alongside, afterwards } = all;
    const own = <T>(work: () => T): T => workAs(caller.functions, caller.doing, work);
    const keys = new Set<string>();
    const beside = {
      ...(alongside && {
        async alongside(at: string, attempt: number) {
          const writes = await own(() => alongside(at, attempt));
          for (const { item } of writes)
            for (const access of accessesOf('TransactWriteItems', { TransactItems: [item] }))
              for (const key of access.keys) keys.add(key);
          return writes;
        },
      }),
      ...(afterwards && { afterwards: (at: string) => own(() => afterwards(at)) }),
    };
    const both = [...caller.functions, 'schedule'] as const;
    const turns = () => run({ ...all, ...beside });
    return workAs(both, `${caller.doing}, as turns`, turns, { keys, functions: caller.functions });
  };
}

/** A consumer that is given records, with its work that of the function which follows the table for it. */
export function recordedConsumption<Consumer extends { readonly name: string }, Rest extends unknown[]>(
  consume: (consumer: Consumer, ...rest: Rest) => Promise<number>,
): (consumer: Consumer, ...rest: Rest) => Promise<number> {
  return (consumer, ...rest) =>
    workAs(consumer.name === 'ranks' ? 'ranks' : 'stream', `the consumer ${consumer.name}`, async () => {
      const count = await consume(consumer, ...rest);
      if (count > 0) noteDone(`consumer ${consumer.name}`);
      return count;
    });
}

/** A tenant's authorizer whose work is that of its function. */
export function recordedAuthorizer<Answer>(
  tenant: string,
  authorize: (authorization: string | undefined) => Promise<Answer>,
): (authorization: string | undefined) => Promise<Answer> {
  return (authorization) => workAs(`authorizer of ${tenant}`, 'a call', () => authorize(authorization));
}
