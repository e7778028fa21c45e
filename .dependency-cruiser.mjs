// Who may import whom. A rule's comment says why; a new folder needs a rule before it needs a reviewer.
const code = (path) => ({ path });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'The core of the game imports itself and types of the contract, so that it can be run anywhere and tested alone.',
      from: code('^server/src/domain/'),
      to: { pathNot: '^(server/src/domain/|contract/src/)' },
    },
    {
      name: 'domain-takes-types-only',
      severity: 'error',
      comment: 'Of the contract the core takes types: no schema, no zod at run time.',
      from: code('^server/src/domain/'),
      to: { path: '^contract/src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'store-stays-below',
      severity: 'error',
      comment: 'The store knows the table and the core, not who asks.',
      from: code('^server/src/store/'),
      to: { path: '^server/src/(api|local|lambda)/' },
    },
    {
      name: 'only-the-store-speaks-to-the-table',
      severity: 'error',
      comment: 'Keys are built in one folder; the two places that wire things make the client.',
      from: { path: '^server/src/', pathNot: '^server/src/(store|local|lambda)/' },
      to: { path: '@aws-sdk/(client|lib)-dynamodb' },
    },
    {
      name: 'api-does-not-wire',
      severity: 'error',
      comment: 'Handlers are the same on Lambda and in one process, so they know neither.',
      from: code('^server/src/(api|identity|ports|calendar|schedule)/'),
      to: { path: '^server/src/(local|lambda)/' },
    },
    {
      name: 'cron-behind-one-folder',
      severity: 'error',
      comment:
        'What clocks do to a local time is decided in one place; the contract asks the library for syntax alone.',
      from: { path: '^server/src/', pathNot: '^server/src/calendar/' },
      to: { path: 'node_modules/croner/' },
    },
    {
      name: 'wirings-are-apart',
      severity: 'error',
      comment: 'What runs on AWS carries nothing of the embedded platform.',
      from: code('^server/src/lambda/'),
      to: { path: '^server/src/local/' },
    },
    {
      name: 'ts-rest-behind-one-adapter',
      severity: 'error',
      comment: 'ts-rest is at rest: whatever replaces it changes these files alone.',
      from: { path: '^server/src/', pathNot: '^server/src/api/(adapter|failure|call)\\.ts$' },
      to: { path: '@ts-rest/' },
    },
    {
      name: 'cel-behind-one-folder',
      severity: 'error',
      comment: 'What operators write is bounded before it is run: nobody else gets at the library that runs it.',
      from: { path: '^server/src/', pathNot: '^server/src/expressions/' },
      to: { path: '@marcbachmann/cel-js' },
    },
    {
      name: 'background-knows-no-caller',
      severity: 'error',
      comment: 'What follows the table and tells the outside runs without anybody calling.',
      from: code('^server/src/(audit|stream|teams|webhooks)/'),
      to: { path: '^server/src/(api|local|lambda)/' },
    },
    {
      name: 'analytics-know-no-caller',
      severity: 'error',
      comment: 'What is counted follows from the table, by whom or however it was asked for.',
      from: code('^server/src/analytics/'),
      to: { path: '^server/src/(api|local|lambda)/' },
    },
    {
      name: 'expressions-reach-nothing',
      severity: 'error',
      comment: 'An expression is a pure function of its facts.',
      from: code('^server/src/expressions/'),
      to: { path: '^(server/src/(api|store|identity|ports|calendar|local|lambda)/|node:)' },
    },
    {
      name: 'credentials-reach-nothing',
      severity: 'error',
      comment: 'What is signed is what it was given: who reads the table decides, and this signs.',
      from: code('^server/src/credentials/'),
      to: { path: '^server/src/(api|store|domain|local|lambda)/' },
    },
    {
      name: 'json-ld-behind-one-folder',
      severity: 'error',
      comment: 'A JSON-LD processor fetches what it is told to, unless it is given a loader: nobody else gets at it.',
      from: { path: '^server/src/', pathNot: '^server/src/credentials/' },
      to: { path: 'node_modules/jsonld/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      comment: 'What is published carries neither the server nor the contract, zod or ts-rest.',
      from: code('^sdk/src/'),
      to: { path: '(^(server|contract|infra|examples)/|node_modules/(@laurel|zod|@ts-rest)/)' },
    },
    {
      name: 'contract-imports-nobody',
      severity: 'error',
      comment: 'Everything is derived from the contract, so it knows nothing of what is.',
      from: code('^contract/src/'),
      to: { path: '^(server|sdk|infra|examples|contract/generate)/' },
    },
    {
      name: 'examples-use-what-is-published',
      severity: 'error',
      comment: 'An example shows what a user can do: the SDK, and the local platform by its own door.',
      from: code('^examples/[^/]+/src/'),
      to: { path: '^(server|contract|infra)/', pathNot: '^server/src/local/index\\.ts$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.bin)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@laurel/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
