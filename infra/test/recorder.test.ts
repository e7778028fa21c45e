import { contract, routesOf } from '@laurel/contract';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import {
  apiReach,
  authorizerReach,
  collectorReach,
  liveReach,
  platformReach,
  preTokenReach,
  type Reach,
  ranksReach,
  schedulerReach,
  sealerReach,
  streamReach,
} from '../src/access.ts';
import { type Deployed, deployedFunctions, resolved } from './deployed.ts';
import { type FunctionName, recorded, recordTable, workAs } from './recorded/recorder.ts';
import * as seams from './recorded/seams.ts';
import { byName, refusals, serviceRefusals, unusedGrants } from './rules/recorded.ts';
import { templatesOf, withCache } from './templates.ts';

vi.mock(import('../../server/src/store/client.ts'), async (original) => {
  const { tableOf } = await original();
  return {
    tableOf: (client, name) => {
      recordTable(client, name);
      return tableOf(client, name);
    },
  };
});
vi.mock(import('../../server/src/api/index.ts'), async (original) => {
  const actual = await original();
  return {
    ...actual,
    createLaurelApi: (platform) => seams.recordedApi(actual.createLaurelApi(platform)),
    createLaurelStreams: (platform) => seams.recordedStreams(actual.createLaurelStreams(platform)),
  };
});
vi.mock(import('../../server/src/api/public-documents.ts'), async (original) => {
  const actual = await original();
  return { ...actual, withPublicDocuments: (...parts) => seams.recordedApi(actual.withPublicDocuments(...parts)) };
});
vi.mock(import('../../server/src/audit/gatherer.ts'), async (original) => {
  const actual = await original();
  return {
    ...actual,
    // What an API leaves in its log, the tenant's collector writes down.
    createGatherer: (options) => {
      const gatherer = actual.createGatherer(options);
      return {
        ...gatherer,
        add: (scope, ...rest) =>
          workAs(`collector of ${scope.tenant}`, 'gathering', () => gatherer.add(scope, ...rest)),
      };
    },
  };
});
vi.mock(import('../../server/src/audit/seal.ts'), async (original) => {
  const actual = await original();
  return { ...actual, sealRound: (...parts) => workAs('sealer', 'a round', () => actual.sealRound(...parts)) };
});
vi.mock(import('../../server/src/schedule/handlers.ts'), async (original) => {
  const { turnHandlers } = await original();
  return { turnHandlers: seams.recordedTurns(turnHandlers) };
});
vi.mock(import('../../server/src/schedule/run.ts'), async (original) => {
  const { runDue } = await original();
  return { runDue: seams.recordedRun(runDue) };
});
vi.mock(import('../../server/src/schedule/cell.ts'), async (original) => {
  const { runRound, runRounds } = await original();
  const { createRulebookReader } = await import('../../server/src/store/definitions.ts');
  // The scheduler's process has what it read to itself.
  const own = <P extends Parameters<typeof runRound>[0]>(platform: P): P => ({
    ...platform,
    rulebooks: createRulebookReader(platform.table),
  });
  return {
    runRound: (platform, ...rest) => workAs('schedule', 'a round', () => runRound(own(platform), ...rest)),
    runRounds: (platform, ...rest) => workAs('schedule', 'a round', () => runRounds(own(platform), ...rest)),
  };
});
vi.mock(import('../../server/src/stream/consume.ts'), async (original) => {
  const actual = await original();
  return { ...actual, consumeRecords: seams.recordedConsumption(actual.consumeRecords) };
});
vi.mock(import('../../server/src/identity/authorizer.ts'), async (original) => {
  const actual = await original();
  return {
    ...actual,
    createAuthorizer: (config, deps) => seams.recordedAuthorizer(config.tenant, actual.createAuthorizer(config, deps)),
  };
});
// The accounts of people are a user pool's, of which the table knows nothing.
vi.mock(import('../../server/src/local/people-pool.ts'), async (original) => {
  const { embeddedPool } = await original();
  return {
    embeddedPool: (...parts) => {
      const { personOf } = embeddedPool(...parts);
      return { personOf: (...about) => workAs([], 'the user pool', () => personOf(...about)) };
    },
  };
});
// Without a cache, ranks are counted in the table.
vi.mock(import('../../server/src/local/ranks.ts'), async () => {
  const { tableRanks } = await import('../../server/src/store/table-ranks.ts');
  return { embeddedRanks: ({ table }) => tableRanks(table) };
});

/** What is played: whole test files of the server, since what they bring about is what the platform does. */
const PLAYED = ['game/told-types', 'game/large-changes', 'webhooks/deliver'];
for (const name of PLAYED) await import(new URL(`../../server/test/${name}.test.ts`, import.meta.url).href);

const { walk } = await import('./recorded/walk.ts');
test('all routes are walked through', walk);

const { play } = await import('./recorded/play.ts');
test('two players and a team play', play);

const { finishReleases } = await import('./recorded/release.ts');
test('releases are finished by whoever comes next', finishReleases);

const { runHandlers } = await import('./recorded/handlers.ts');
const { turnHandlers } = await import('../../server/src/schedule/handlers.ts');

const reachesOf = (by: FunctionName): readonly Reach[] => {
  const [kind, tenant = ''] = by.split(' of ');
  switch (kind) {
    case 'api':
      return [...apiReach(tenant), ...(tenant === PLATFORM ? platformReach() : [])];
    case 'live':
      return liveReach(tenant);
    case 'authorizer':
      return authorizerReach(tenant);
    case 'collector':
      return collectorReach(tenant);
    case 'sealer':
      return sealerReach();
    case 'schedule':
      return schedulerReach();
    case 'stream':
      return streamReach();
    case 'pre-token':
      return preTokenReach();
    default:
      return ranksReach();
  }
};

const PLATFORM = 'laurel';

describe('what was recorded', () => {
  const found = {
    functions: new Map<FunctionName, Deployed>() as ReadonlyMap<FunctionName, Deployed>,
    arns: { table: '', keys: '' },
    consumers: [] as readonly string[],
  };
  beforeAll(async () => {
    const tenants = new Set(['demo', ...recorded.table().flatMap(({ by }) => by.split(' of ')[1] ?? [])]);
    const templates = await templatesOf({
      ...withCache,
      tenants: [...tenants].map((slug) => ({ slug, runsPlatform: slug === PLATFORM })),
    });
    found.functions = byName(deployedFunctions(templates));
    const tables = Object.entries(templates['laurel-eu-data']?.Resources ?? {}).filter(
      ([, { Type }]) => Type === 'AWS::DynamoDB::GlobalTable',
    );
    const arnOf = (prefix: string) => {
      const [[id = ''] = []] = tables.filter(([name]) => name.startsWith(prefix));
      return resolved(templates, 'laurel-eu-data', { 'Fn::GetAtt': [id, 'Arn'] });
    };
    found.arns = { table: arnOf('Table'), keys: arnOf('Keys') };
    found.consumers = await runHandlers(found.functions);
  });

  test('each function may do all that it does', () => {
    expect(refusals(found.functions, recorded.table(), found.arns)).toEqual([]);
  });
  test('also of other services', () => {
    const asked = new Set(recorded.services().map(({ by, action }) => `${by}: ${action}`));
    expect([...asked].toSorted()).toEqual([
      'api of demo: kms:Decrypt',
      'api of demo: kms:Encrypt',
      'api of demo: kms:GetPublicKey',
      'api of demo: kms:Sign',
      'api of demo: s3:GetObject',
      'api of demo: s3:ListBucket',
      'api of demo: secretsmanager:GetSecretValue',
      'authorizer of demo: kms:GetPublicKey',
      'live of demo: kms:Decrypt',
      'live of demo: secretsmanager:GetSecretValue',
      'schedule: kms:Decrypt',
      'schedule: secretsmanager:GetSecretValue',
      'sealer: kms:GetPublicKey',
      'sealer: kms:Sign',
      'sealer: s3:PutObject',
      'stream: kms:Decrypt',
    ]);
    expect(serviceRefusals(found.functions, recorded.services())).toEqual([]);
  });
  test('and nothing that it never does', () => {
    expect(unusedGrants(found.functions, recorded.table(), found.arns, reachesOf)).toEqual([]);
  });
  test('every route, every turn and every consumer was at work', () => {
    const done = [...recorded.done()];
    const kinds = [...turnHandlers.keys()].map((kind) => `turn ${kind}`);
    const consumers = found.consumers.map((name) => `consumer ${name}`);
    expect([...kinds, ...consumers].filter((one) => !recorded.done().has(one))).toEqual([]);
    const routes = routesOf(contract).filter(({ route, meta }) => {
      const path = route.path.replace(/:[A-Za-z]+/g, '[^/ ]+');
      const like = new RegExp(`^${route.method} (?:/[a-z]+)?${path} ${meta?.stream ? 'live' : '2..'}$`);
      return !done.some((one) => like.test(one));
    });
    expect(routes.map(({ name }) => name)).toEqual([]);
  });
});
