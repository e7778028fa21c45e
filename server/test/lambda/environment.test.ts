import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  type Environment,
  readApiConfig,
  readAuthorizerConfig,
  readPreTokenConfig,
  readRanksConfig,
} from '../../src/lambda/environment.ts';
import { apiEnvironment, authorizerEnvironment } from './world.ts';

const functions: [string, Environment, (environment: Environment) => unknown][] = [
  ['the API', apiEnvironment(), readApiConfig],
  ['the authorizer', authorizerEnvironment(), readAuthorizerConfig],
  [
    'the follower of ranks',
    { LAUREL_TABLE: 'laurel', LAUREL_RANKS_URL: 'rediss://cache.example:6379' },
    readRanksConfig,
  ],
  ['the trigger', { LAUREL_TABLE: 'laurel', LAUREL_RESOURCE_SERVER: 'laurel' }, readPreTokenConfig],
];

function failureOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
}

describe.each(functions)('what %s is told', (_name, environment, read) => {
  test('is read', () => {
    expect(() => read({ ...environment, AWS_REGION: 'eu-west-1' })).not.toThrow();
  });

  test.each(Object.keys(environment))('must have %s', (variable) => {
    const { [variable]: _missing, ...rest } = environment;
    expect(failureOf(() => read(rest))).toBe(`${variable} is missing`);
    expect(failureOf(() => read({ ...rest, [variable]: '' }))).toContain(variable);
  });

  // A folder may have spaces in its path; nothing else may.
  const spaceless = Object.keys(environment).filter((variable) => variable !== 'LAMBDA_TASK_ROOT');
  test.each(spaceless)('refuses a space in %s', (variable) => {
    expect(failureOf(() => read({ ...environment, [variable]: `${environment[variable]} ` }))).toContain(variable);
  });

  test('is never told in an error', () => {
    const secret = fc.stringMatching(/^[!-~]{12,40}$/);
    const variable = fc.constantFrom(...Object.keys(environment));
    fc.assert(
      fc.property(secret, variable, (value, name) => {
        expect(failureOf(() => read({ ...environment, [name]: value }))).not.toContain(value);
      }),
    );
  });
});

test('a list keeps its order, and has no empty part', () => {
  const keys = { ...apiEnvironment(), LAUREL_PLAYERS_KEYS: 'new,old' };
  expect(readApiConfig(keys).LAUREL_PLAYERS_KEYS).toEqual(['new', 'old']);
  for (const list of [',', 'new,', ',old', 'new,,old', 'new, old']) {
    expect(failureOf(() => readApiConfig({ ...keys, LAUREL_PLAYERS_KEYS: list }))).toContain('LAUREL_PLAYERS_KEYS');
  }
});

test.each(['http://pool.example', 'pool.example', 'ftp://pool.example'])('an issuer is https: %s is none', (url) => {
  const told = { ...authorizerEnvironment(), LAUREL_POOL_ISSUER: url };
  expect(failureOf(() => readAuthorizerConfig(told))).toBe('LAUREL_POOL_ISSUER is not an https URL');
});

test.each(['Demo', 'demo#', 'de', '@platform', 'demo*'])('%s is no tenant', (slug) => {
  const told = { ...authorizerEnvironment(), LAUREL_TENANT: slug };
  expect(failureOf(() => readAuthorizerConfig(told))).toBe('LAUREL_TENANT is not the slug of a tenant');
});

test('a cache is reached by TLS, and its URL holds no credentials', () => {
  for (const url of [
    'redis://cache.example',
    'rediss://user:secret@cache.example',
    'rediss://cache.example/1',
    'cache',
  ])
    expect(failureOf(() => readApiConfig({ ...apiEnvironment(), LAUREL_RANKS_URL: url }))).toContain(
      'LAUREL_RANKS_URL',
    );
  expect(readApiConfig(apiEnvironment()).LAUREL_RANKS_URL).toBeUndefined();
});
