import type { HttpHandlerOptions, HttpRequest, HttpResponse, RequestHandler } from '@smithy/types';
import type { CommitQueue } from './commit-queue.ts';
import type { Context } from './context.ts';
import { ServiceError } from './errors.ts';
import type { Faults } from './faults.ts';
import { operations } from './operations.ts';
import {
  type Call,
  failure,
  readCall,
  success,
  unknownOperation,
  type WireRequest,
  type WireResponse,
} from './protocol.ts';

/** A request handler of the AWS SDK, version 3, that carries requests out in this process. */
export interface EngineRequestHandler extends RequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  destroy(): void;
  updateHttpClientConfig(key: never, value: never): void;
  httpHandlerConfigs(): object;
}

export function createRequestHandler(context: Context, queue: CommitQueue, faults: Faults): EngineRequestHandler {
  return {
    metadata: { handlerProtocol: 'in-process' },
    handle: async (request, options) => {
      options?.abortSignal?.aborted && refuseAborted();
      return { response: await answer(context, queue, faults, request) };
    },
    // The engine belongs to whoever opened it: a client that is destroyed does not close it.
    destroy: () => undefined,
    // There is no connection to configure.
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

async function answer(
  context: Context,
  queue: CommitQueue,
  faults: Faults,
  request: WireRequest,
): Promise<WireResponse> {
  try {
    return success(await perform(context, queue, faults, readCall(request)));
  } catch (error) {
    if (error instanceof ServiceError) return failure(error);
    throw error;
  }
}

async function perform(context: Context, queue: CommitQueue, faults: Faults, { target, data }: Call): Promise<object> {
  const operation = operations.get(target);
  if (operation === undefined) throw unknownOperation();
  const fault = faults.take(target.slice(target.indexOf('.') + 1), data);
  if (fault?.when === 'before') throw fault.error;
  const result = await queue.submit({ writes: operation.writes, run: () => operation.run(context, data) });
  if (fault !== undefined) throw fault.error;
  return result;
}

function refuseAborted(): never {
  throw Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
