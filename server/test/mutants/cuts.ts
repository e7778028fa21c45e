/** One thing that is taken out of the sources, and the smallest suite that must notice. */
export interface Cut {
  readonly name: string;
  readonly file: string;
  /** What is written there, once, and what is put in its place. */
  readonly find: string;
  readonly put: string;
  /** Files of tests, and which tests of them. */
  readonly suite: readonly string[];
  readonly tests?: string;
  /** What the suite says where it stops before its first test, since it walks what was cut. */
  readonly says?: string;
  /** Which routes are asked, where the suite asks every route. */
  readonly routes?: string;
}

const metadata = (file: string, find: string): Cut => ({
  name: `the metadata of a route: ${find} of ${file}`,
  file: `contract/src/${file}`,
  find: `metadata: ${find},`,
  put: '',
  suite: ['contract/test/metadata.test.ts'],
  says: 'has no metadata',
});

const cursor = (name: string, find: string, put: string): Cut => ({
  name,
  file: 'server/src/api/cursor.ts',
  find,
  put,
  suite: ['server/test/api/cursors.test.ts'],
  tests: 'whatever is changed in it|it comes back as it was',
});

const signed = 'JSON.stringify([scope.tenant, scope.workspace, route, filters, position])';

/** What is cut beside the keys of the store, which `store.mutants.ts` cuts one by one. */
export const cuts: readonly Cut[] = [
  metadata('me/app.ts', "reads('app', 'me', { etag: true })"),
  metadata('workspaces/dashboard.ts', "reads('dashboard', 'workspace', { etag: true, concerns: 'nobody' })"),
  metadata('clock/dashboard.ts', "changes('dashboard', 'clock', 'administer', { rate: 'bulk' })"),
  cursor('the MAC of a cursor', 'if (given.length !== wanted.length || !timingSafeEqual(given, wanted))', 'if (false)'),
  cursor('the tenant in the MAC', signed, signed.replace('scope.tenant, ', '')),
  cursor('the workspace in the MAC', signed, signed.replace('scope.workspace, ', '')),
  cursor('the list in the MAC', signed, signed.replace('route, ', '')),
  cursor('the filters in the MAC', signed, signed.replace('filters, ', '')),
  {
    name: 'the question to the policies',
    file: 'server/src/api/admission.ts',
    find: 'if (!(await isAllowed(platform, meta, asked))) throw',
    put: 'if (false) throw',
    suite: ['server/test/isolation/callers.test.ts'],
    tests: 'every kind of caller',
    routes: 'dashboard.users.get',
  },
  {
    name: 'whose things a route of the platform is about',
    file: 'server/src/api/admission.ts',
    find: 'tenant: params.tenant ?? principal.tenant, workspace: params.workspace ?? principal.workspace',
    put: 'tenant: principal.tenant, workspace: principal.workspace',
    suite: ['server/test/isolation/callers.test.ts'],
    tests: 'every kind of caller',
    routes: 'platform.workspaces.list',
  },
  {
    name: 'a player is themselves',
    file: 'server/src/api/admission.ts',
    find: "if (principal.kind === 'player') return { userId: principal.subject };",
    put: '',
    suite: ['server/test/isolation/answers.test.ts'],
    tests: 'a player is themselves',
    routes: 'app.wallets.list',
  },
  {
    name: 'a policy: nobody reaches another workspace',
    file: 'server/src/identity/cedar-engine.ts',
    find: 'staticPolicies: { ...policies }',
    put: "staticPolicies: { ...policies, 'tenancy.workspace': policies['roles.viewer'] }",
    suite: ['server/test/isolation/callers.test.ts'],
    tests: 'every kind of caller',
    routes: 'platform.workspaces.createClient',
  },
  {
    name: 'a page that may not call',
    file: 'server/src/api/admission.ts',
    find: "await assertPage(platform, principal, headers.get('origin'));",
    put: '',
    suite: ['server/test/audit/strange-pages.test.ts'],
    tests: 'so it does on AWS',
  },
  {
    name: 'a newcomer from a page that may not call',
    file: 'server/src/api/external-players.ts',
    find: 'const mayBegin = isApp && (await mayPageCall(platform, external, headersOf(event).origin));',
    put: 'const mayBegin = isApp;',
    suite: ['server/test/audit/strange-pages.test.ts'],
  },
  {
    name: 'the count of refused tokens',
    file: 'server/src/local/gateway.ts',
    find: 'await parts.countRefused?.(tenant, address)',
    put: 'undefined',
    suite: ['server/test/limits/refused-tokens.test.ts'],
    tests: 'are told to wait',
  },
  {
    name: 'whose refused tokens are counted',
    file: 'server/src/limits/attempts.ts',
    find: "const isGuessable = kind === 'password' || kind === 'code';",
    put: "const isGuessable = kind !== 'token';",
    suite: ['server/test/limits/refused-tokens.test.ts'],
    tests: 'by where they come from',
  },
  {
    name: 'a client of another workspace is none',
    file: 'server/src/store/clients.ts',
    find: 'return client?.workspace === scope.workspace ? client : undefined;',
    put: 'return client;',
    suite: ['server/test/isolation/references.test.ts'],
    tests: 'an explanation about somebody of another workspace',
    routes: 'dashboard.authorize.explain',
  },
  {
    name: 'a client of another tenant is none',
    file: 'server/src/identity/authorizer.ts',
    find: "client?.tenant !== config.tenant || client.status !== 'active'",
    put: "client?.status !== 'active'",
    suite: ['server/test/identity/authorizer.test.ts'],
  },
  {
    name: 'a player of another tenant is nobody',
    file: 'server/src/identity/authorizer.ts',
    find: "demand(claims, 'token_use', 'player');\n  demand(claims, 'tenant', config.tenant);",
    put: "demand(claims, 'token_use', 'player');",
    suite: ['server/test/identity/authorizer.test.ts'],
  },
  {
    name: 'a key is its caller’s alone',
    file: 'server/src/store/idempotency.ts',
    find: "['ANSWER', caller, key]",
    put: "['ANSWER', key]",
    suite: ['server/test/api/idempotency.test.ts'],
    tests: 'of another client, of an operator',
  },
  {
    name: 'a key is good for one request',
    file: 'server/src/api/repeats.ts',
    find: "if (kept.fingerprint !== fingerprint) throw new ProblemError('idempotency_mismatch');",
    put: '',
    suite: ['server/test/api/idempotency.test.ts'],
    tests: 'with another body, path or method',
  },
  {
    name: 'the escape of what parts a key',
    file: 'server/src/store/scope.ts',
    find: "return part.replace(/%/g, '%25').replace(/#/g, '%23');",
    put: 'return part;',
    suite: ['server/test/threats/texts.test.ts'],
    tests: 'threat 35',
  },
  {
    name: 'the check of what a webhook’s name means',
    file: 'server/src/webhooks/destination.ts',
    find: 'if (addresses.length === 0 || !allowed) throw new DestinationError();',
    put: '',
    suite: ['server/test/webhooks/destination.test.ts'],
  },
  {
    name: 'the bound of a body',
    file: 'server/src/api/gateway-event.ts',
    find: "if (bytes.byteLength > MAX_BODY_BYTES) throw new ProblemError('body_too_large');",
    put: '',
    suite: ['server/test/threats/bodies.test.ts'],
    tests: 'threat 40',
  },
];
