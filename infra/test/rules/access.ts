import { policiesOf, resourcesOf, type Statement, type Templates } from '../templates.ts';

const listOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The actions on items that a role of a tenant may ever have. */
const ITEM_ACTIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'ConditionCheckItem',
].map((name) => `dynamodb:${name}`);

/** The actions by which the table's stream is followed; they know no keys. */
const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
  (name) => `dynamodb:${name}`,
);

/** What is wrong with what roles may do. */
export function accessFaults(templates: Templates): string[] {
  const policies = policiesOf(templates).flatMap(({ stack, id, resource }) =>
    resource.Properties.PolicyDocument.Statement.flatMap((statement) =>
      statementFaults(statement).map((fault) => `${stack}/${id}: ${fault}`),
    ),
  );
  const inline = resourcesOf(templates, 'AWS::IAM::Role')
    .filter(({ resource }) => resource.Properties.Policies !== undefined)
    .map(({ stack, id }) => `${stack}/${id}: an inline policy is not looked at here`);
  return [...policies, ...inline];
}

function statementFaults(statement: Statement): string[] {
  const actions = listOf(statement.Action);
  const items = actions.filter((action) => action.startsWith('dynamodb:') && !STREAM_ACTIONS.includes(action));
  const followed = actions.filter((action) => STREAM_ACTIONS.includes(action));
  return [
    ...(statement.NotAction === undefined ? [] : ['NotAction']),
    ...(JSON.stringify(statement.Resource) === '"*"' ? [`${actions.join()} on everything`] : []),
    ...actions.filter((action) => action.includes('*')).map((action) => `the wildcard ${action}`),
    ...items.filter((action) => !ITEM_ACTIONS.includes(action)).map((action) => `${action} is granted to nobody`),
    ...(items.length > 0 && statement.Effect === 'Allow' ? fenceFaults(statement) : []),
    ...(followed.length > 0 && !/StreamArn/.test(JSON.stringify(statement.Resource)) ? ['streams of any table'] : []),
    ...(actions.includes('secretsmanager:GetSecretValue') ? secretFaults(statement) : []),
  ];
}

/** Secrets are read by their own ARNs, or, where all tenants' are read, by a name that ends as theirs do. */
function secretFaults({ Resource }: Statement): string[] {
  const text = JSON.stringify(Resource);
  const isOwn = !text.includes('*') && /"Ref":"(Cursor|Sealing)Secret/.test(text);
  return isOwn || /:secret:laurel\/eu\/\*\/sealing-\?{6}"/.test(text) ? [] : ['secrets that are not its own'];
}

function fenceFaults({ Condition }: Statement): string[] {
  const keys = listOf(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']);
  const open = keys.filter((key) => !/^T#(@platform|\*|[a-z0-9-]{3,40})#/.test(key));
  return [
    ...(keys.length === 0 ? ['items without LeadingKeys'] : []),
    // ForAllValues is true of a request that has no key at all.
    ...(Condition?.Null?.['dynamodb:LeadingKeys'] === 'false' ? [] : ['items without Null']),
    ...open.map((key) => `the pattern ${key} does not end its tenant`),
  ];
}

/** Who may call functions: API Gateway from one API, Cognito from one pool, a rule of EventBridge, and a log group. */
export function permissionFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::Lambda::Permission').flatMap(({ id, resource }) => {
    const { Principal, SourceArn } = resource.Properties;
    return [
      ...(/^(apigateway|cognito-idp|events|logs)\.amazonaws\.com$/.test(Principal)
        ? []
        : [`${id}: ${Principal} may call`]),
      ...(SourceArn === undefined ? [`${id}: from anywhere`] : []),
    ];
  });
}

/** The statements of the role that a stack's function has. */
export function statementsOf(templates: Templates, stack: string, role: string): Statement[] {
  return policiesOf(templates)
    .filter((found) => found.stack === stack && found.resource.Properties.Roles.some(({ Ref }) => Ref.startsWith(role)))
    .flatMap(({ resource }) => resource.Properties.PolicyDocument.Statement);
}

/** `StringLike` as IAM means it: `*` is any text and `?` one character. */
function isLike(value: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

/** Whether the statements let an operation on an item of this partition pass; `undefined` is one without a key (Scan). */
export function allows(statements: readonly Statement[], operation: string, partition: string | undefined): boolean {
  const isDenied = statements.some(
    ({ Effect, Action, Condition }) =>
      Effect === 'Deny' &&
      listOf(Action).includes(`dynamodb:${operation}`) &&
      listOf(Condition?.['ForAnyValue:StringLike']?.['dynamodb:LeadingKeys']).some(
        (pattern) => partition !== undefined && isLike(partition, pattern),
      ),
  );
  if (isDenied) return false;
  return statements.some(({ Effect, Action, Condition }) => {
    const like = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    const isNull = Condition?.Null?.['dynamodb:LeadingKeys'];
    const keys = partition === undefined ? [] : [partition];
    return (
      Effect === 'Allow' &&
      listOf(Action).some((action) => isLike(`dynamodb:${operation}`, action)) &&
      (like === undefined || keys.every((key) => listOf(like).some((pattern) => isLike(key, pattern)))) &&
      (isNull === undefined || isNull === String(partition === undefined))
    );
  });
}
