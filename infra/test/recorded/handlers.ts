import { apiPlatform } from '@laurel/server/lambda/api-platform';
import { archiveWriter } from '@laurel/server/lambda/audit-archive';
import { cellPseudonyms } from '@laurel/server/lambda/cell-pseudonyms';
import { cellDeliverer } from '@laurel/server/lambda/deliverer';
import {
  readApiConfig,
  readAuthorizerConfig,
  readPreTokenConfig,
  readScheduleConfig,
  readSealerConfig,
} from '@laurel/server/lambda/environment';
import { streamHandler } from '@laurel/server/lambda/stream-handler';
import { tenantAuthorizer } from '@laurel/server/lambda/tenant-authorizer';
import { createIds } from '../../../server/src/api/ids.ts';
import { createLaurelApi } from '../../../server/src/api/index.ts';
import { mayGoTo } from '../../../server/src/api/people/domain-entry.ts';
import { sealRound } from '../../../server/src/audit/seal.ts';
import { kmsProofKey } from '../../../server/src/credentials/kms-keys.ts';
import { mintPlayerToken } from '../../../server/src/identity/player-token.ts';
import { withClaims } from '../../../server/src/lambda/token-claims.ts';
import { kmsCellKeyring } from '../../../server/src/privacy/kms-keyring.ts';
import { createVault } from '../../../server/src/privacy/vault.ts';
import { rankConsumer } from '../../../server/src/ranks/consumer.ts';
import { workspaceScope } from '../../../server/src/store/scope.ts';
import { streamConsumers } from '../../../server/src/stream/consumers.ts';
import { streamRecords } from '../../../server/test/lambda/events.ts';
import {
  apiEnvironment,
  demoTable,
  kmsDouble,
  proveDomain,
  recorded as recordedEvent,
  s3Double,
  secretsDouble,
  servicesOn,
} from '../../../server/test/lambda/world.ts';
import type { Deployed } from '../deployed.ts';
import { type FunctionName, recordServices, workAs } from './recorder.ts';

const PLACE = { tenant: 'demo', workspace: 'main' };
const NOW = '2026-11-24T10:00:00.000Z';
/** Whom the recorded request creates. */
const USER = 'usr_1';
/** A workspace that nothing was sealed in before. */
const FRESH = workspaceScope('demo', 'fresh');
const SILENT = () => undefined;

/** A badge whose credential is signed by both keys. */
const AWARD = {
  place: PLACE,
  issuerName: 'Main',
  name: 'urn:uuid:0f6d2a4e-1b3c-4d5e-8f70-91a2b3c4d5e6',
  revoked: 0,
  revocationList: 0,
  now: NOW,
  identities: [{ type: 'systemId' as const, value: 'ada' }],
  validFrom: NOW,
  achievement: { badge: 'b', tier: 1, version: 1, name: 'B', description: 'D', criteria: 'C', image: undefined },
};

/**
 * Lets the functions of the tenant `demo` ask for what is not in the table, each told what its template tells it: keys of
 * KMS and secrets. Then whoever follows the table is given what it cannot take.
 * @returns the names of all who follow the table
 */
export async function runHandlers(functions: ReadonlyMap<FunctionName, Deployed>): Promise<readonly string[]> {
  const toldTo = (name: FunctionName) => functions.get(name)?.environment ?? {};
  // A reference to a pool resolves to no id of one.
  const { LAUREL_POOL_ID } = apiEnvironment();
  const api = readApiConfig({ ...apiEnvironment(), ...toldTo('api of demo'), LAUREL_POOL_ID });
  const live = readApiConfig({ ...apiEnvironment(), ...toldTo('live of demo'), LAUREL_POOL_ID });
  const sealer = readSealerConfig(toldTo('sealer'));
  const kms = kmsDouble(undefined, api.LAUREL_BADGES_PROOF_KEYS[0], sealer.LAUREL_AUDIT_KEYS[0]).client;
  const s3 = s3Double().client;
  const secrets = secretsDouble().client;
  recordServices({ kms, secrets, s3 });
  const database = await demoTable();
  try {
    const { table } = database;
    const services = { ...servicesOn(table).services, kms, secrets, s3 };
    // A vault of its own for each function, which therefore knows no key yet.
    const vaultOf = (name: FunctionName) =>
      createVault({ keys: database.keys, cell: kmsCellKeyring(kms, String(toldTo(name).LAUREL_VAULT_KEY)) });
    const token = await workAs('api of demo', 'signing', async () => {
      // What is signed is not ranked: no cache is there to be asked.
      const platform = await apiPlatform({ ...api, LAUREL_RANKS_URL: undefined }, services);
      const { credentials, tokens } = platform;
      const creating = recordedEvent('api-create-user');
      await createLaurelApi(platform)({ ...creating, requestContext: { ...creating.requestContext, apiId: 'demo' } });
      await credentials.issue(AWARD);
      await credentials.didDocument(PLACE);
      return (await mintPlayerToken(tokens, { ...PLACE, user: USER, now: Date.now() })).token;
    });
    await workAs('live of demo', 'its start', () => apiPlatform({ ...live, LAUREL_RANKS_URL: undefined }, services));
    await workAs('authorizer of demo', 'a call of a player', async () => {
      const config = readAuthorizerConfig(toldTo('authorizer of demo'));
      const parts = {
        table,
        kms,
        fetchJwks: async () => '{"keys":[]}',
        fetchIssuerKeys: async () => '{"keys":[]}',
        log: SILENT,
      };
      const event = recordedEvent('authorizer-request');
      const multiValueHeaders = { ...event.multiValueHeaders, Authorization: [`Bearer ${token}`] };
      await tenantAuthorizer(config, parts)({ ...event, multiValueHeaders });
    });
    await proveDomain(table, { tenant: 'other', workspace: 'main' }, 'example.com');
    await workAs('pre-token', 'a switch', async () => {
      const config = readPreTokenConfig(toldTo('pre-token'));
      const letting = { platform: { table, newId: createIds() }, realNow: NOW };
      await withClaims(recordedEvent('pre-token-refresh'), config, (place, person) => mayGoTo(letting, person, place));
    });
    await workAs('sealer', 'sealing', () => {
      const { LAUREL_AUDIT_KEYS: keys, LAUREL_AUDIT_BUCKET: bucket } = sealer;
      const signer = kmsProofKey(kms, keys);
      const sealing = { table, now: () => NOW, signer, digestEvery: 0, archive: archiveWriter(s3, bucket) };
      return sealRound(sealing, SILENT);
    });
    await workAs('api of demo', 'verifying', async () => {
      const { audit } = await apiPlatform({ ...api, LAUREL_RANKS_URL: undefined }, services);
      await audit.keys();
      await audit.archive?.get(PLACE, { block: 1 });
    });
    await workAs('schedule', 'pseudonyms', async () => {
      const { LAUREL_PSEUDONYM_NAME: name } = readScheduleConfig(toldTo('schedule'));
      await cellPseudonyms(secrets, name)('demo');
    });
    await workAs('schedule', 'a delivery', () => {
      const { LAUREL_SEALING_NAME: sealingName } = readScheduleConfig(toldTo('schedule'));
      return cellDeliverer({ table, secrets, sealingName })('demo');
    });
    const sealed = await workAs('api of demo', 'a new user', () =>
      vaultOf('api of demo').seal({ scope: FRESH, userId: USER }, 'here', 'a word'),
    );
    for (const name of ['live of demo', 'schedule', 'stream'] as const)
      await workAs(name, 'a look at a user', () => vaultOf(name).open([{ scope: FRESH, place: 'here', sealed }]));
    const poisoned = [...streamConsumers(table), rankConsumer({ apply: async () => undefined })].map((consumer) => ({
      ...consumer,
      wants: () => true,
      consume: async () => {
        throw new TypeError('what nobody can take');
      },
    }));
    await streamHandler({ table, consumers: poisoned, onError: SILENT })(streamRecords());
    await streamHandler({ table, consumers: [rankConsumer({ apply: async () => undefined })], onError: SILENT })(
      streamRecords(),
    );
    return poisoned.map(({ name }) => name);
  } finally {
    database.close();
  }
}
