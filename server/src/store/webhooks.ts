import type { Webhook, WebhookHealth } from '@laurel/contract/webhooks/schema';
import { put, putVersion, type Write } from './commit.ts';
import { getDefinition, readAll } from './definition-items.ts';
import { type Key, keyOf, type Scope, sortPrefix } from './scope.ts';
import { getItem, type Item, queryItems, recordOf, type Table } from './table.ts';

/** A secret that deliveries are signed with, sealed; the former one until it has run out. */
export interface SealedSecret {
  readonly sealed: string;
  readonly until: string | null;
}

/** What is of a webhook in one workspace and no part of its versions: its secrets, and how its deliveries go. */
export interface WebhookState extends WebhookHealth {
  readonly id: string;
  /** The present one first. */
  readonly secrets: readonly SealedSecret[];
  /** An id that was made when it came to work: it hears of nothing that is older. */
  readonly since: string;
  /** Counts up with each change of the state. */
  readonly version: number;
}

/** A webhook as those who deliver see it: the version that is or was at work, and its state. */
export interface WebhookRecord extends WebhookState, Pick<Webhook, 'url' | 'types' | 'status'> {}

function stateKey(scope: Scope, id: string): Key {
  return keyOf(scope, ['WEBHOOKS'], ['WEBHOOK', id]);
}

function stateItem(scope: Scope, { version, since, ...record }: WebhookState): Item {
  return { ...stateKey(scope, record.id), version, since, record };
}

function stateOf(item: Item): WebhookState {
  const record = recordOf<Omit<WebhookState, 'version' | 'since'>>(item);
  return { ...record, version: Number(item.version), since: String(item.since) };
}

/** Puts the state of a new webhook, whatever was left there: it goes with the definition, which guards it. */
export function createWebhookState(table: Table, scope: Scope, state: WebhookState): Write<never> {
  return { item: put(table, stateItem(scope, state)) };
}

/** Puts a changed state in place of the version before it. */
export function updateWebhookState(table: Table, scope: Scope, state: WebhookState): Write<'version_mismatch'> {
  return { item: putVersion(table, stateItem(scope, state), state.version - 1), refusal: 'version_mismatch' };
}

/** Says that a webhook comes to work: from now on it hears; a state that is there already stays, with its secrets. */
export function welcomeWebhook(table: Table, scope: Scope, state: WebhookState): Write<never> {
  const { pk, sk, version, since, record } = stateItem(scope, state);
  const Update = {
    TableName: table.name,
    Key: { pk, sk },
    UpdateExpression:
      'SET #record = if_not_exists(#record, :record), #version = if_not_exists(#version, :version), #since = :since',
    ExpressionAttributeNames: { '#record': 'record', '#version': 'version', '#since': 'since' },
    ExpressionAttributeValues: { ':record': record, ':version': version, ':since': since },
  };
  return { item: { Update } };
}

/** Removes the state of a webhook that was never published. */
export function removeWebhookState(table: Table, scope: Scope, id: string): Write<never> {
  const { pk, sk } = stateKey(scope, id);
  return { item: { Delete: { TableName: table.name, Key: { pk, sk } } } };
}

/** Notes since when nothing has worked. It is no change that somebody made, so the version stays. */
export function setFailingSince(table: Table, scope: Scope, id: string, failingSince: string | null): Write[] {
  const { pk, sk } = stateKey(scope, id);
  return [
    {
      item: {
        Update: {
          TableName: table.name,
          Key: { pk, sk },
          UpdateExpression: 'SET #record.failingSince = :since',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#record': 'record' },
          ExpressionAttributeValues: { ':since': failingSince },
        },
      },
      refusal: 'not_found',
    },
  ];
}

/** Reads the state of a webhook; a draft has one as well. */
export async function getWebhookState(table: Table, scope: Scope, id: string): Promise<WebhookState | undefined> {
  const item = await getItem(table, stateKey(scope, id));
  return item && stateOf(item);
}

/** Reads the states of all webhooks of a workspace, by id: there are few. */
export async function allWebhookStates(table: Table, scope: Scope): Promise<ReadonlyMap<string, WebhookState>> {
  const { pk } = stateKey(scope, 'x');
  const items = await queryItems(table, { partition: pk, prefix: sortPrefix(['WEBHOOK']) });
  return new Map(items.map(stateOf).map((state) => [state.id, state]));
}

function joined({ url, types, status }: Webhook, state: WebhookState): WebhookRecord {
  return { ...state, url, types, status };
}

/** Reads a webhook as those who deliver see it. */
export async function getWebhook(table: Table, scope: Scope, id: string): Promise<WebhookRecord | undefined> {
  const [webhook, state] = await Promise.all([
    getDefinition(table, scope, 'webhooks', id),
    getWebhookState(table, scope, id),
  ]);
  return webhook && state && joined(webhook, state);
}

/** Every webhook of a workspace, archived ones included. */
export async function allWebhooks(table: Table, scope: Scope): Promise<WebhookRecord[]> {
  const [webhooks, states] = await Promise.all([
    readAll(table, scope, 'webhooks', 'HEAD'),
    allWebhookStates(table, scope),
  ]);
  return webhooks.flatMap((webhook) => {
    const state = states.get(webhook.id);
    return state === undefined ? [] : [joined(webhook, state)];
  });
}

/** Whether a webhook is told of what happens. */
export function isHearing({ status, state }: Pick<WebhookRecord, 'status' | 'state'>): boolean {
  return status === 'published' && state === 'active';
}
