import { describe, expect, test } from 'vitest';
import { assertCell, eu } from '../src/config.ts';
import { deployedFunctions } from './deployed.ts';
import { isAllowed } from './rules/iam.ts';
import { resourcesOf, templatesOf } from './templates.ts';

const [demo = { slug: 'demo', runsPlatform: false }] = eu.tenants;
const cellWith = (playersKeys: readonly number[]) => ({ ...eu, tenants: [{ ...demo, playersKeys }] });

/** What the functions of the tenant are told of the keys of players' tokens, and what they may do with each. */
async function keysOf(playersKeys: readonly number[]) {
  const templates = await templatesOf(cellWith(playersKeys));
  const functions = new Map(deployedFunctions(templates).map((one) => [one.name, one]));
  const told = (name: string) => String(functions.get(name)?.environment.LAUREL_PLAYERS_KEYS).split(',');
  const may = (name: string, action: string, resource: string) =>
    isAllowed(functions.get(name)?.statements ?? [], { action, resource, context: {} });
  const aliases = resourcesOf(templates, 'AWS::KMS::Key').filter(({ id }) => id.startsWith('PlayersKey'));
  return { told, may, kept: aliases.map(({ resource }) => resource.DeletionPolicy) };
}

describe("the keys of players' tokens", () => {
  test('one by itself: it signs, and its authorizer may only see its public half', async () => {
    const { told, may } = await keysOf([1]);
    const [key = '', ...others] = told('Api');
    expect([others, told('Authorizer')]).toEqual([[], [key]]);
    expect([may('Api', 'kms:Sign', key), may('Authorizer', 'kms:GetPublicKey', key)]).toEqual([true, true]);
    expect(may('Authorizer', 'kms:Sign', key)).toBe(false);
  });

  test('two while they change: both are published in the order of the cell, and none is destroyed with it', async () => {
    const { told, may, kept } = await keysOf([2, 1]);
    const keys = told('Api');
    expect(keys).toHaveLength(2);
    expect(told('Authorizer')).toEqual(keys);
    expect(keys[0]).toContain('PlayersKey2');
    for (const key of keys) {
      expect([may('Api', 'kms:GetPublicKey', key), may('Authorizer', 'kms:GetPublicKey', key)]).toEqual([true, true]);
    }
    expect(kept).toEqual(['Retain', 'Retain']);
    const before = await keysOf([1, 2]);
    expect(before.told('Api').toReversed()).toEqual(keys);
  });

  test.each([[[]], [[1, 2, 3]], [[1, 1]], [[0]], [[1.5]]])('%j are none', (playersKeys) => {
    expect(() => assertCell(cellWith(playersKeys))).toThrow(/needs one key/);
  });
});

describe('signing in by a code that is mailed', () => {
  test('is offered by a cell that says so, which then demands no second factor of all', async () => {
    const mail = { from: 'laurel@example.com', domain: 'example.com', signInCodes: true };
    const [pool] = resourcesOf(await templatesOf({ ...eu, mail }), 'AWS::Cognito::UserPool');
    expect(pool?.resource.Properties).toMatchObject({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      MfaConfiguration: 'OPTIONAL',
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: mail.from },
      UserPoolTier: 'PLUS',
    });
  });

  test('and by no other', async () => {
    const [pool] = resourcesOf(await templatesOf(eu), 'AWS::Cognito::UserPool');
    expect(pool?.resource.Properties).toMatchObject({
      MfaConfiguration: 'ON',
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', From: eu.mail.from },
    });
    expect(JSON.stringify(pool)).not.toContain('EMAIL_OTP');
  });
});
