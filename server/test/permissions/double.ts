import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { VerifiedPermissionsClient } from '@aws-sdk/client-verifiedpermissions';
import {
  type CedarValueJson,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyTexts } from '../../src/identity/cedar-policies.ts';
import type { PolicyStore } from '../../src/identity/verified-permissions.ts';

type Json = Record<string, unknown>;
const object = (value: unknown): Json => Object(value);
const list = (value: unknown): Json[] => [value ?? []].flat().map(object);

/** How the double fails until it is told otherwise. */
export type Fault = 'throttled' | 'broken' | 'denied' | 'gone' | 'slow' | 'garbage' | 'empty';

/** Amazon Verified Permissions as far as its wire goes (AWS JSON 1.0), over HTTP, deciding by Cedar. */
export interface VerifiedPermissionsDouble extends PolicyStore {
  fail(fault: Fault | undefined): void;
  /** The statements of the policies that the store has. */
  statements(): string[];
  /** The operations that were asked for since the last look. */
  asked(): string[];
  close(): Promise<void>;
}

class Refusal extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, status = 400) {
    super(type);
    this.type = type;
    this.status = status;
  }
}

const entity = (value: unknown) => {
  const { entityType, entityId } = object(value);
  return { type: String(entityType), id: String(entityId) };
};

/** A value of the wire as Cedar's JSON has it. */
function cedarValue(value: unknown): CedarValueJson {
  const [[kind, inner] = ['', undefined]] = Object.entries(object(value));
  switch (kind) {
    case 'string':
      return String(inner);
    case 'long':
      return Number(inner);
    case 'boolean':
      return inner === true;
    case 'set':
      return list(inner).map(cedarValue);
    case 'ipaddr':
      return { __extn: { fn: 'ip', arg: String(inner) } };
    default:
      throw new Refusal('ValidationException');
  }
}

const cedarValues = (values: unknown): Record<string, CedarValueJson> =>
  Object.fromEntries(Object.entries(object(values)).map(([name, value]) => [name, cedarValue(value)]));

const entitiesOf = (entities: unknown) =>
  list(object(entities).entityList).map((item) => ({
    uid: entity(item.identifier),
    attrs: cedarValues(item.attributes),
    parents: list(item.parents).map(entity),
    tags: cedarValues(item.tags),
  }));

export async function openDouble({ policies, schema }: PolicyTexts): Promise<VerifiedPermissionsDouble> {
  const policyStoreId = 'PSEXAMPLEabcdefg111111';
  const kept = new Map<string, { name: string; statement: string }>(
    Object.entries(policies).map(([name, statement]) => [randomUUID(), { name, statement }]),
  );
  let fault: Fault | undefined;
  let asked: string[] = [];
  const name = `double ${randomUUID()}`;
  preparseSchema(name, schema);
  const parse = () =>
    preparsePolicySet(name, {
      staticPolicies: Object.fromEntries([...kept].map(([id, { statement }]) => [id, statement])),
    });
  parse();

  const decide = (request: Json, entities: unknown): Json => {
    const { actionId, actionType } = object(request.action);
    const answer = statefulIsAuthorized({
      principal: entity(request.principal),
      action: { type: String(actionType), id: String(actionId) },
      resource: entity(request.resource),
      context: cedarValues(object(request.context).contextMap),
      entities: entitiesOf(entities),
      preparsedSchemaName: name,
      preparsedPolicySetId: name,
      validateRequest: true,
    });
    if (answer.type === 'failure') throw new Refusal('ValidationException');
    const { decision, diagnostics } = answer.response;
    return {
      decision: decision.toUpperCase(),
      determiningPolicies: diagnostics.reason.map((policyId) => ({ policyId })),
      errors: diagnostics.errors.map(({ error }) => ({ errorDescription: error.message })),
    };
  };

  const principalOf = (statement: string): string => {
    const answer = policyToJson(statement);
    return answer.type === 'success' ? JSON.stringify(Object(answer.json.principal).entity ?? null) : 'null';
  };

  const operations: Record<string, (input: Json) => Json> = {
    IsAuthorized: (input) => decide(input, input.entities),
    BatchIsAuthorized: (input) => {
      const requests = list(input.requests);
      const callers = new Set(requests.map(({ principal }) => JSON.stringify(principal)));
      if (requests.length > 30 || callers.size > 1) throw new Refusal('ValidationException');
      return { results: requests.map((request) => ({ request, ...decide(request, input.entities) })) };
    },
    GetPolicy: ({ policyId }) => {
      const found = kept.get(String(policyId));
      if (found === undefined) throw new Refusal('ResourceNotFoundException');
      const { name: description, statement } = found;
      return { policyStoreId, policyId, policyType: 'STATIC', definition: { static: { description, statement } } };
    },
    ListPolicies: ({ filter }) => {
      const { entityType, entityId } = object(object(object(filter).principal).identifier);
      const wanted = JSON.stringify({ type: entityType, id: entityId });
      const found = [...kept].filter(([, { statement }]) => principalOf(statement) === wanted);
      return { policies: found.map(([policyId]) => ({ policyStoreId, policyId, policyType: 'STATIC' })) };
    },
    CreatePolicy: ({ definition }) => {
      const { statement, description } = object(object(definition).static);
      const given = String(statement);
      const answer = validate({ schema, policies: { staticPolicies: given } });
      const isSound = answer.type === 'success' && answer.validationErrors.length === 0;
      if (!isSound || Buffer.byteLength(given) > 10_000) throw new Refusal('ValidationException');
      const policyId = randomUUID();
      kept.set(policyId, { name: String(description), statement: given });
      parse();
      return { policyStoreId, policyId, policyType: 'STATIC' };
    },
    DeletePolicy: ({ policyId }) => {
      if (!kept.delete(String(policyId))) throw new Refusal('ResourceNotFoundException');
      parse();
      return {};
    },
  };

  const answer = async (request: IncomingMessage): Promise<Json> => {
    const body = await text(request);
    const operation = /^VerifiedPermissions\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
    asked.push(operation);
    const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256') === true;
    if (!isSigned || request.headers['content-type'] !== 'application/x-amz-json-1.0') {
      throw new Refusal('AccessDeniedException');
    }
    const own = operations[operation];
    const input = object(JSON.parse(body));
    if (own === undefined || input.policyStoreId !== policyStoreId) throw new Refusal('ResourceNotFoundException');
    return own(input);
  };

  const failing: Readonly<Record<Exclude<Fault, 'slow' | 'garbage' | 'empty'>, Refusal>> = {
    throttled: new Refusal('ThrottlingException'),
    broken: new Refusal('InternalServerException', 500),
    denied: new Refusal('AccessDeniedException'),
    gone: new Refusal('ResourceNotFoundException'),
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      const own = await answer(request);
      if (fault === 'slow') return;
      if (fault === 'garbage' || fault === 'empty') {
        response.writeHead(200, headers).end(fault === 'garbage' ? '<html>' : '{}');
        return;
      }
      if (fault !== undefined) throw failing[fault];
      response.writeHead(200, headers).end(JSON.stringify(own));
    } catch (error) {
      const { type, status } = error instanceof Refusal ? error : new Refusal('InternalServerException', 500);
      const __type = `com.amazonaws.verifiedpermissions#${type}`;
      response.writeHead(status, headers).end(JSON.stringify({ __type, message: type }));
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new VerifiedPermissionsClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  return {
    client,
    policyStoreId,
    timeout: 20_000,
    fail: (next) => {
      fault = next;
    },
    statements: () => [...kept.values()].map(({ statement }) => statement),
    asked: () => {
      const before = asked;
      asked = [];
      return before;
    },
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
