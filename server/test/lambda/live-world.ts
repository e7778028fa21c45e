import { PassThrough } from 'node:stream';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { createLaurelStreams } from '../../src/api/index.ts';
import type { Platform } from '../../src/api/platform.ts';
import { type Head, liveHandler } from '../../src/lambda/live-handler.ts';
import { recorded } from './world.ts';

/** The client id of the machine that listens. */
export const LISTENER = 'cli_listening';

/** Who listens: a player, or a machine for them. */
export type Listener = 'player' | 'machine';

/** A call of the live stream about a user, as API Gateway hands it over. */
export function listening(kind: Listener, userId: string): APIGatewayProxyEvent {
  const event = recorded('api-list-activities');
  const isPlayer = kind === 'player';
  const caller = isPlayer ? { subject: userId, scopes: '' } : { subject: LISTENER, scopes: 'app:read' };
  const authorizer = { kind, tenant: 'demo', workspace: 'main', platform: 'false', ...caller };
  const headers: Record<string, string> = isPlayer ? {} : { 'x-user-id': userId };
  const multiValueHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const requestContext = { ...event.requestContext, authorizer };
  return { ...event, path: '/app/v1/live', resource: '/app/v1/live', headers, multiValueHeaders, requestContext };
}

/** Opens a stream in a process of its own; the text grows as it is written. */
export function openStream(platform: Platform, event: APIGatewayProxyEvent) {
  const handle = liveHandler({ start: async () => createLaurelStreams(platform), onError: () => undefined });
  const stream = new PassThrough();
  let head: Head | undefined;
  let text = '';
  let isOver = false;
  stream.on('data', (chunk) => {
    text += String(chunk);
  });
  const ended = handle(event, (first) => {
    head = first;
    return stream;
  }).then(() => {
    isOver = true;
  });
  return {
    ended,
    isOver: () => isOver,
    text: () => text,
    status: () => head?.statusCode,
    leave: () => {
      stream.destroy();
      return ended;
    },
  };
}
