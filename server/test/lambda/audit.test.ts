import { gzipSync } from 'node:zlib';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLaurelApi } from '../../src/api/index.ts';
import { auditKeyOf, isGenuine } from '../../src/audit/digest.ts';
import { sealRound } from '../../src/audit/seal.ts';
import { verifyPart } from '../../src/audit/verify.ts';
import { kmsProofKey } from '../../src/credentials/kms-keys.ts';
import { apiPlatform } from '../../src/lambda/api-platform.ts';
import { archiveReader, archiveWriter } from '../../src/lambda/audit-archive.ts';
import { collector } from '../../src/lambda/collector.ts';
import { readApiConfig } from '../../src/lambda/environment.ts';
import { getBlock, latestDigest } from '../../src/store/audit.ts';
import { tenantScope, workspaceScope } from '../../src/store/scope.ts';
import { AUDIT_KEY, apiEnvironment, demoTable, recorded, servicesOn } from './world.ts';

const DEMO = workspaceScope('demo', 'main');
let database: Awaited<ReturnType<typeof demoTable>>;
beforeAll(async () => {
  database = await demoTable();
});
afterAll(() => database.close());

/** What CloudWatch Logs hands to a subscription. */
const event = (messages: readonly string[], messageType = 'DATA_MESSAGE') => {
  const logEvents = messages.map((message, index) => ({ id: String(index), timestamp: 1, message }));
  const data = { messageType, owner: '1', logGroup: 'g', logStream: 's', subscriptionFilters: ['f'], logEvents };
  return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } };
};

/** What SQS says of a message besides its body. */
const MESSAGE: Omit<SQSEvent['Records'][number], 'body'> = {
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1795000000000',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1795000000001',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:uncollected',
  awsRegion: 'eu-west-1',
};

const accessLine = (own: object) =>
  JSON.stringify({
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    time: '1795000000000',
    method: 'GET',
    resource: '/app/v1/me',
    status: '401',
    failure: 'UNAUTHORIZED',
    ...own,
  });

describe('records on AWS', () => {
  const collect = (messages: readonly string[]) =>
    collector({ table: database.table, tenant: 'demo', onError: () => undefined })(event(messages));
  const parts = (own: Partial<ReturnType<typeof servicesOn>> = {}) => ({ ...servicesOn(database.table), ...own });

  test('that could not be written come from the queue once more', async () => {
    const queued = (body: object) => ({ Records: [{ ...MESSAGE, body: JSON.stringify(body) }] });
    const fresh = await demoTable();
    const handle = collector({ table: fresh.table, tenant: 'demo', onError: () => undefined });
    const line = accessLine({ requestId: 'r-queued' });
    expect(await handle(queued(event([line])))).toEqual({ records: 1 });
    // What cannot be written is not taken from the queue.
    const none = { ...fresh.table, name: 'no-such-table' };
    const failing = collector({ table: none, tenant: 'demo', onError: () => undefined });
    await expect(failing(queued(event([line])))).rejects.toThrow();
    fresh.close();
  });

  test('of calls, and of what API Gateway has answered by itself, come into chains, each once', async () => {
    const { services, lines, kms, s3 } = parts();
    const api = createLaurelApi(await apiPlatform(readApiConfig(apiEnvironment()), services));
    const reading = await api(recorded('api-list-activities'));
    const changing = await api(recorded('api-create-user'));
    expect(lines).toHaveLength(1);
    const gateway = [accessLine({}), accessLine({ requestId: 'r-2', failure: '-', status: '200' })];
    for (let times = 0; times < 2; times += 1) await collect([...lines, 'START RequestId', ...gateway]);
    const signer = kmsProofKey(kms.client, [AUDIT_KEY]);
    const sealing = {
      table: database.table,
      now: () => new Date().toISOString(),
      signer,
      digestEvery: 0,
      archive: archiveWriter(s3.client, 'laurel-audit'),
    };
    expect(await sealRound(sealing, () => undefined)).toMatchObject({ failed: 0 });
    // What comes once more, after it was sealed, is found to be there.
    await collect([...lines, ...gateway]);
    await sealRound(sealing, () => undefined);
    const block = await getBlock(database.table, DEMO, 1);
    expect(block?.records.map(({ requestId }) => requestId).toSorted()).toEqual(
      [reading, changing].map(({ headers }) => headers?.['x-request-id']).toSorted(),
    );
    expect(await getBlock(database.table, DEMO, 2)).toBeUndefined();
    const own = await getBlock(database.table, tenantScope('demo'), 1);
    expect(own?.records).toMatchObject([
      { actor: { kind: 'stranger' }, status: 401, code: 'invalid_token', reason: 'UNAUTHORIZED /app/v1/me' },
    ]);
    const keys = (await signer.publicKeys()).map(auditKeyOf);
    const digest = await latestDigest(database.table, DEMO);
    expect(digest && isGenuine(keys, DEMO, digest)).toBe(true);
    expect([...s3.objects.keys()].filter((key) => key.startsWith('/demo/main/'))).toEqual([
      '/demo/main/blocks/0000000000000001.json',
      '/demo/main/digests/0000000000000001.json',
    ]);
    const archive = archiveReader(s3.client, 'laurel-audit');
    const verified = await verifyPart({ table: database.table, keys, archive }, DEMO, { from: 1, known: undefined });
    expect(verified).toMatchObject({ fault: null, to: 1, records: 2 });
  });

  test('of another tenant are refused', async () => {
    const { services, lines } = parts();
    const api = createLaurelApi(await apiPlatform(readApiConfig(apiEnvironment()), services));
    await api(recorded('api-list-activities'));
    const forged = lines.map((line) => line.replace('"tenant":"demo"', '"tenant":"other"'));
    expect(await collect(forged)).toEqual({ records: 0 });
    expect(await collect([accessLine({ time: 'now' }), '{"audit":{}}', 'null'])).toEqual({ records: 0 });
  });
});

test('an object of the archive is never written over', async () => {
  const { s3 } = servicesOn(database.table);
  const place = { tenant: 'demo', workspace: 'main' };
  const writer = archiveWriter(s3.client, 'laurel-audit');
  await writer.put(place, { block: 1 }, 'first');
  await writer.put(place, { block: 1 }, 'second');
  const reader = archiveReader(s3.client, 'laurel-audit');
  expect(await reader.get(place, { block: 1 })).toBe('first');
  expect(await reader.get(place, { block: 2 })).toBeUndefined();
});
