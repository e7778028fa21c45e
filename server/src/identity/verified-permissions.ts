import {
  type AttributeValue,
  BatchIsAuthorizedCommand,
  type CedarTagValue,
  type EntityItem,
  GetPolicyCommand,
  IsAuthorizedCommand,
  type IsAuthorizedCommandOutput,
  ValidationException,
  type VerifiedPermissionsClient,
} from '@aws-sdk/client-verifiedpermissions';
import type { CedarValueJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import { decideEach, type PolicyDecision, type PolicyEngine, type PolicyRequest } from '../ports/policy.ts';
import { type CedarRequest, cedarRequest, type PlainEntity } from './cedar-request.ts';

/** A store of Amazon Verified Permissions, which has the policies of `server/policies` and those of roles. */
export interface PolicyStore {
  readonly client: VerifiedPermissionsClient;
  readonly policyStoreId: string;
  /** How long one decision may take, in milliseconds, tries included. */
  readonly timeout: number;
}

/** The most requests of one batch. */
const BATCH = 30;
/** How many names of policies are kept. */
const MOST_NAMES = 1000;

const identifier = ({ type, id }: TypeAndId) => ({ entityType: type, entityId: id });

/** A value of Cedar as Verified Permissions takes it: of the kinds that requests have. */
function wireValue(value: CedarValueJson): AttributeValue & CedarTagValue {
  if (typeof value === 'string') return { string: value };
  if (typeof value === 'boolean') return { boolean: value };
  if (typeof value === 'number') return { long: value };
  if (Array.isArray(value)) return { set: value.map(wireValue) };
  if (value !== null && '__extn' in value) {
    const { __extn: extension } = value;
    const isAddress = typeof extension === 'object' && extension !== null && 'fn' in extension && 'arg' in extension;
    if (isAddress && extension.fn === 'ip' && typeof extension.arg === 'string') return { ipaddr: extension.arg };
  }
  throw new Error('a request has a value of a kind that no request has');
}

function valuesOf(values: Readonly<Record<string, CedarValueJson>>): Record<string, AttributeValue & CedarTagValue> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, wireValue(value)]));
}

function entityOf({ uid, attrs, parents, tags }: PlainEntity): EntityItem {
  return {
    identifier: identifier(uid),
    attributes: valuesOf(attrs),
    parents: parents.map(identifier),
    ...(tags === undefined ? {} : { tags: valuesOf(tags) }),
  };
}

function askedOf({ principal, action, resource, context }: CedarRequest) {
  return {
    principal: identifier(principal),
    action: { actionType: action.type, actionId: action.id },
    resource: identifier(resource),
    context: { contextMap: valuesOf(context) },
  };
}

/** Requests that can be asked about at once: of one caller, and of one mind about what each entity is. */
function batchesOf(requests: readonly CedarRequest[]): CedarRequest[][] {
  const batches: CedarRequest[][] = [];
  let known = new Map<string, string>();
  for (const request of requests) {
    const own = request.entities.map((entity) => [JSON.stringify(entity.uid), JSON.stringify(entity)] as const);
    const batch = batches.at(-1);
    const caller = batch?.[0]?.principal;
    const fits =
      batch !== undefined &&
      batch.length < BATCH &&
      caller?.type === request.principal.type &&
      caller.id === request.principal.id &&
      own.every(([uid, entity]) => (known.get(uid) ?? entity) === entity);
    if (fits) batch.push(request);
    else {
      batches.push([request]);
      known = new Map();
    }
    for (const [uid, entity] of own) known.set(uid, entity);
  }
  return batches;
}

/** Each entity of some requests, once. */
function entitiesOf(requests: readonly CedarRequest[]): EntityItem[] {
  const all = requests.flatMap(({ entities }) => entities);
  return [...new Map(all.map((entity) => [JSON.stringify(entity.uid), entity])).values()].map(entityOf);
}

/** What could not be decided: by a request that is none for ever, by anything else for now. */
function failed(error: unknown): PolicyDecision {
  const denied: PolicyDecision = { allowed: false, policies: [], errors: [String(error)] };
  return error instanceof ValidationException ? denied : { ...denied, unavailable: true };
}

/** Names policies by what they are called here: their ids there are made up. A name that cannot be had decides nothing. */
function createNames({ client, policyStoreId, timeout }: PolicyStore): (id: string) => Promise<string> {
  const names = new Map<string, string>();
  return async (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    try {
      const asked = new GetPolicyCommand({ policyStoreId, policyId: id });
      const { definition } = await client.send(asked, { abortSignal: AbortSignal.timeout(timeout) });
      const name = definition?.static?.description ?? id;
      if (names.size >= MOST_NAMES) names.clear();
      names.set(id, name);
      return name;
    } catch {
      return id;
    }
  };
}

type Answered = Pick<IsAuthorizedCommandOutput, 'decision' | 'determiningPolicies' | 'errors'>;

/**
 * Amazon Verified Permissions as the engine: the same policies, asked over the network. What it cannot be asked about now
 * (throttled, too slow, out of reach, or an answer that is none) is denied as `unavailable`, never allowed.
 */
export function verifiedPermissions(store: PolicyStore): PolicyEngine {
  const { client, policyStoreId, timeout } = store;
  const nameOf = createNames(store);
  const decisionOf = async ({ decision, determiningPolicies = [], errors = [] }: Answered): Promise<PolicyDecision> => {
    if (decision !== 'ALLOW' && decision !== 'DENY') throw new Error('the answer has no decision');
    const messages = errors.map(({ errorDescription }) => errorDescription ?? 'a policy failed');
    const policies = await Promise.all(determiningPolicies.map(({ policyId = '' }) => nameOf(policyId)));
    return { allowed: decision === 'ALLOW' && messages.length === 0, policies: policies.toSorted(), errors: messages };
  };
  const ask = async (request: CedarRequest): Promise<PolicyDecision> => {
    const asked = { policyStoreId, ...askedOf(request), entities: { entityList: entitiesOf([request]) } };
    const abortSignal = AbortSignal.timeout(timeout);
    return decisionOf(await client.send(new IsAuthorizedCommand(asked), { abortSignal }));
  };
  const askMany = async (requests: readonly CedarRequest[]): Promise<readonly PolicyDecision[]> => {
    const asked = { policyStoreId, requests: requests.map(askedOf), entities: { entityList: entitiesOf(requests) } };
    const abortSignal = AbortSignal.timeout(timeout);
    const { results = [] } = await client.send(new BatchIsAuthorizedCommand(asked), { abortSignal });
    if (results.length !== requests.length) throw new Error('the batch was not answered as a whole');
    return Promise.all(results.map(decisionOf));
  };
  const decide = async (request: PolicyRequest): Promise<PolicyDecision> => {
    try {
      return await ask(cedarRequest(request));
    } catch (error) {
      return failed(error);
    }
  };
  return {
    decide,
    decideAll: async (requests) => {
      try {
        const batches = batchesOf(requests.map(cedarRequest));
        return (await Promise.all(batches.map(askMany))).flat();
      } catch (error) {
        // One request that is none refuses its whole batch: each answers for itself then.
        if (error instanceof ValidationException) return decideEach({ decide }, requests);
        return requests.map(() => failed(error));
      }
    },
  };
}
