import { fileURLToPath } from 'node:url';
import { schemaToJson, validate } from '@cedar-policy/cedar-wasm/nodejs';
import { messagesOf, readPolicies } from '../src/identity/cedar-policies.ts';
import { rolePolicyText } from '../src/identity/role-policy.ts';

/** What Amazon Verified Permissions takes at most, in bytes. */
const MOST = { schema: 100_000, policy: 10_000 };

/** A role that has every kind of condition: the policies of roles are valid if its is. */
const everything = {
  id: 'rol_01JD8QZ4M3V5K7R9T1X3Z5B7D9',
  permissions: ['dashboard:users.read', 'dashboard:teams.read', 'dashboard:missions.write'],
  conditions: {
    users: { attribute: 'region', values: ['north', 1, true] },
    teams: ['red'],
    hours: { days: ['mon'], from: '22:00', to: '06:00', zone: 'Europe/Rome' },
    addresses: ['192.0.2.0/24', '2001:db8::/32'],
  },
} as const;

const { policies, schema } = await readPolicies(fileURLToPath(new URL('../policies', import.meta.url)));
const place = { tenant: 'acme', workspace: 'main' };
const { conditions } = everything;
const role = {
  ...everything,
  conditions: {
    ...conditions,
    users: { ...conditions.users, values: [...conditions.users.values] },
    teams: [...conditions.teams],
    hours: { ...conditions.hours, days: [...conditions.hours.days] },
    addresses: [...conditions.addresses],
  },
};
const all: Readonly<Record<string, string>> = { ...policies, 'role.example': rolePolicyText(place, role) };

const json = schemaToJson(schema);
const answer = validate({ schema, policies: { staticPolicies: { ...all } } });
const faults = [
  ...(json.type === 'failure' ? messagesOf(json.errors) : []),
  ...(json.type === 'success' && Buffer.byteLength(JSON.stringify(json.json)) > MOST.schema
    ? ['the schema is too long']
    : []),
  ...(answer.type === 'failure'
    ? messagesOf(answer.errors)
    : [...answer.validationErrors, ...answer.validationWarnings].map(
        ({ policyId, error }) => `${policyId}: ${error.message}`,
      )),
  ...Object.entries(all).flatMap(([id, text]) => (Buffer.byteLength(text) > MOST.policy ? [`${id} is too long`] : [])),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (json.type === 'success') {
  const size = Buffer.byteLength(JSON.stringify(json.json));
  process.stdout.write(`${Object.keys(policies).length} policies; the schema has ${size} of ${MOST.schema} bytes.\n`);
}
process.exitCode = faults.length === 0 ? 0 : 1;
