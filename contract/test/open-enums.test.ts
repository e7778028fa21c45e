import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What only Laurel says and is closed all the same: the states of one life, and the ends of one choice. */
const closed = [
  'ApiClient.status',
  'BadgeChange.kind',
  'CohortOutcome',
  'CohortState',
  'ConfigApplied.action',
  'ConfigChange.action',
  'DashboardMe.kind',
  'DomainRule.status',
  'HeldPermission.players',
  'InvitationStatus',
  'JoinCode.status',
  'LeagueWeek.state',
  'LedgerHold.state',
  'LevelEffect.change',
  'PeriodState',
  'PrivacyRequest.kind',
  'PrivacyRequest.status',
  'TenantStatus',
  'WebhookHealth.state',
  'WorkspaceStatus',
];

type Direction = 'asked' | 'answered';
interface Enumeration {
  readonly isOpen: boolean;
  readonly directions: Set<Direction>;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

/** Every enumeration of a document, by its place: the component that it is in, and its field. */
function enumerationsOf(document: unknown): Map<string, Enumeration> {
  const components = memberOf(memberOf(document, 'components'), 'schemas');
  const found = new Map<string, Enumeration>();
  const seen = new Set<string>();

  function visit(schema: unknown, place: string, direction: Direction): void {
    if (Array.isArray(schema)) for (const part of schema) visit(part, place, direction);
    if (!isObject(schema) || Array.isArray(schema)) return;
    if (typeof schema.$ref === 'string') {
      const name = schema.$ref.replace('#/components/schemas/', '');
      if (seen.has(`${direction} ${name}`)) return;
      seen.add(`${direction} ${name}`);
      visit(memberOf(components, name), name, direction);
      return;
    }
    const isOpen = 'x-extensible-enum' in schema;
    if (isOpen || Array.isArray(schema.enum)) {
      const { directions = new Set<Direction>() } = found.get(place) ?? {};
      // What is taken and told in two forms is one thing that a caller may send.
      found.set(place, { isOpen, directions: directions.add(direction) });
    }
    for (const [name, field] of Object.entries(Object(schema.properties))) visit(field, `${place}.${name}`, direction);
    for (const [name, part] of Object.entries(schema)) {
      if (!['properties', 'example', 'examples', 'default', 'enum'].includes(name)) visit(part, place, direction);
    }
  }

  for (const path of Object.values(Object(memberOf(document, 'paths')))) {
    for (const operation of Object.values(Object(path))) {
      for (const part of [memberOf(operation, 'requestBody'), memberOf(operation, 'parameters')]) {
        visit(part, 'request', 'asked');
      }
      visit(memberOf(operation, 'responses'), 'response', 'answered');
    }
  }
  return found;
}

const all = new Map<string, Enumeration>();
for (const context of ['app', 'dashboard', 'platform']) {
  const file = join(import.meta.dirname, `../generated/openapi/${context}.json`);
  for (const [place, { isOpen, directions }] of enumerationsOf(JSON.parse(await readFile(file, 'utf8')))) {
    const before = all.get(place)?.directions ?? new Set<Direction>();
    all.set(place, { isOpen, directions: new Set([...before, ...directions]) });
  }
}

/** Whether callers send it too, in this form or in that for bodies. */
function isAsked(place: string, { directions }: Enumeration): boolean {
  const [component = '', ...field] = place.split('.');
  const inBodies = [`${component}Input`, `${component}Create`, `${component}Put`].map((name) =>
    [name, ...field].join('.'),
  );
  return directions.has('asked') || inBodies.some((name) => all.has(name));
}

test('what only Laurel says is open, but for what a program has to deal with to the last', () => {
  const said = [...all].filter(([place, one]) => !isAsked(place, one));
  expect(said.length).toBeGreaterThan(20);
  expect(
    said
      .filter(([, { isOpen }]) => !isOpen)
      .map(([place]) => place)
      .sort(),
  ).toEqual(closed);
});

test('what callers send is closed: its type says what is taken', () => {
  const sent = [...all].filter(([place, one]) => isAsked(place, one));
  expect(sent.length).toBeGreaterThan(20);
  expect(sent.filter(([, { isOpen }]) => isOpen)).toEqual([]);
});
