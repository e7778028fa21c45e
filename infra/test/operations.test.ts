import { describe } from 'vitest';
import { testRule } from './faults.ts';
import { environmentFaults, functionFaults, logFaults } from './rules/operations.ts';
import { type Templates, templatesOf, theOne } from './templates.ts';

const templates = await templatesOf();
const apiOf = (copy: Templates) => theOne(copy, 'AWS::Lambda::Function', 'ApiFunction');
const stage = (copy: Templates) => theOne(copy, 'AWS::ApiGateway::Stage');
const tell = (name: string, value: unknown) => (copy: Templates) => {
  apiOf(copy).Environment.Variables[name] = value;
};

describe('logs end, and name nobody', () => {
  testRule(templates, logFaults, [
    [
      'logs for ever',
      /for ever/,
      (copy) => delete theOne(copy, 'AWS::Logs::LogGroup', 'GatewayAccessLogs').RetentionInDays,
    ],
    ["a log group of Lambda's own making", /that Lambda makes/, (copy) => delete apiOf(copy).LoggingConfig],
    ['no access log', /no access log/, (copy) => delete stage(copy).AccessLogSetting],
    ...['identity.sourceIp', 'identity.userAgent', 'path', 'authorizer.subject', 'authorizer.principalId'].map(
      (variable) =>
        [
          variable,
          /logs who calls/,
          (copy: Templates) =>
            Object.assign(stage(copy), { AccessLogSetting: { Format: `{"x":"$context.${variable}"}` } }),
        ] as const,
    ),
    ['bodies', /logs bodies/, (copy) => stage(copy).MethodSettings.push({ DataTraceEnabled: true })],
  ]);
});

describe('functions are told no secret', () => {
  testRule(templates, environmentFaults, [
    ['a secret by its name', /CURSOR_SECRET/, tell('LAUREL_CURSOR_SECRET', 'short')],
    ['a secret by its look', /LAUREL_X/, tell('LAUREL_X', 'dG9wc2VjcmV0MTIzNDU2Nzg5MGFiY2RlZg==')],
    [
      'a secret that CloudFormation would fill in',
      /LAUREL_X/,
      tell('LAUREL_X', { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'CursorSecret' }, '}}']] }),
    ],
  ]);
});

describe('functions run on Node 24 and arm64', () => {
  testRule(templates, functionFaults, [
    ['an older Node', /runs on nodejs22/, (copy) => Object.assign(apiOf(copy), { Runtime: 'nodejs22.x' })],
    ['another machine', /built for x86_64/, (copy) => Object.assign(apiOf(copy), { Architectures: ['x86_64'] })],
  ]);
});
