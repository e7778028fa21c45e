import { describe } from 'vitest';
import { testRule } from './faults.ts';
import { identityFaults } from './rules/identity.ts';
import { type Templates, templatesOf, theOne, threeTenants } from './templates.ts';

const templates = await templatesOf({ ...threeTenants, tenants: threeTenants.tenants.slice(-1) });
const pool = (copy: Templates) => theOne(copy, 'AWS::Cognito::UserPool');
const consoleOf = (copy: Templates) => theOne(copy, 'AWS::Cognito::UserPoolClient', 'PoolConsole');
const backendOf = (copy: Templates) => theOne(copy, 'AWS::Cognito::UserPoolClient', 'Backend');

describe('the user pool and its clients', () => {
  testRule(templates, identityFaults, [
    ['the plan without the trigger', /the plan has no/, (copy) => Object.assign(pool(copy), { UserPoolTier: 'LITE' })],
    ["the account's own plan", /the plan has no/, (copy) => delete pool(copy).UserPoolTier],
    ['no trigger', /not customised/, (copy) => delete pool(copy).LambdaConfig],
    [
      'a trigger that machines do not reach',
      /not customised/,
      (copy) => Object.assign(pool(copy).LambdaConfig?.PreTokenGenerationConfig ?? {}, { LambdaVersion: 'V2_0' }),
    ],
    [
      'sign-up',
      /anybody can sign up/,
      (copy) => Object.assign(pool(copy).AdminCreateUserConfig, { AllowAdminCreateUserOnly: false }),
    ],
    ['a machine without a secret', /without a secret/, (copy) => delete backendOf(copy).GenerateSecret],
    ['a browser with a secret', /with a secret/, (copy) => Object.assign(consoleOf(copy), { GenerateSecret: true })],
    ['a client for all', /at once/, (copy) => backendOf(copy).AllowedOAuthFlows.push('code')],
    ['tokens in addresses', /in an address/, (copy) => consoleOf(copy).AllowedOAuthFlows.push('implicit')],
    ['long tokens', /live long/, (copy) => Object.assign(backendOf(copy), { AccessTokenValidity: 60 })],
    ["Cognito's own time of tokens", /live long/, (copy) => delete consoleOf(copy).AccessTokenValidity],
    [
      'people who place themselves',
      /where they work/,
      (copy) => consoleOf(copy).WriteAttributes?.push('custom:tenant'),
    ],
    ['people who may write all', /where they work/, (copy) => delete consoleOf(copy).WriteAttributes],
    [
      'a scope that the contract does not have',
      /not those of the contract/,
      (copy) => theOne(copy, 'AWS::Cognito::UserPoolResourceServer').Scopes.push({ ScopeName: 'all:all' }),
    ],
    [
      'a scope that is missing',
      /not those of the contract/,
      (copy) => theOne(copy, 'AWS::Cognito::UserPoolResourceServer').Scopes.pop(),
    ],
    [
      'a scope that nobody knows',
      /scope laurel\/all:all/,
      (copy) => backendOf(copy).AllowedOAuthScopes.push('laurel/all:all'),
    ],
  ]);
});
