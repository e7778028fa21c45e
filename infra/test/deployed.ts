import type { PlainStatement } from './rules/iam.ts';
import { policiesOf, resourcesOf, type Templates } from './templates.ts';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The services whose resources functions are told of, by the type in a template. */
const SERVICES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb',
  'AWS::KMS::Key': 'kms',
  'AWS::SecretsManager::Secret': 'secretsmanager',
  'AWS::SQS::Queue': 'sqs',
  'AWS::Logs::LogGroup': 'logs',
  'AWS::S3::Bucket': 's3',
};
const PATHS: Readonly<Record<string, string>> = { dynamodb: 'table/', kms: 'key/', secretsmanager: 'secret:' };

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => ({ ...Object(value) });
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The ARN that a resource of a stack would have. */
function arnOf(templates: Templates, stack: string, id: string): string {
  const { Type = '', Properties } = fieldsOf(fieldsOf(templates[stack]?.Resources)[id]);
  const service = SERVICES[String(Type)] ?? 'other';
  // The names of buckets are nobody else's, wherever they are.
  if (service === 's3') return `arn:aws:s3:::${stack}-${id}`;
  // Secrets Manager puts six characters of its own after a name.
  const { Name } = fieldsOf(Properties);
  const name = service === 'secretsmanager' ? `${String(Name ?? `${stack}-${id}`)}-AbCdEf` : `${stack}-${id}`;
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${PATHS[service] ?? ''}${name}`;
}

/** What a stack exports under a name, resolved. */
function exported(templates: Templates, name: string): string {
  for (const [stack, template] of Object.entries(templates))
    for (const output of Object.values(fieldsOf(Object(template).Outputs))) {
      const { Value, Export } = fieldsOf(output);
      if (fieldsOf(Export).Name === name) return resolved(templates, stack, Value);
    }
  throw new Error(`nobody exports ${name}`);
}

/**
 * The text that CloudFormation would make of a value of a stack.
 * @throws Error for a function of CloudFormation that is not known here
 */
export function resolved(templates: Templates, stack: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const [[name = '', argument] = []] = Object.entries(fieldsOf(value));
  switch (name) {
    case 'Ref': {
      const id = String(argument);
      const type = String(fieldsOf(fieldsOf(templates[stack]?.Resources)[id]).Type);
      return PSEUDO[id] ?? (type === 'AWS::SecretsManager::Secret' ? arnOf(templates, stack, id) : `${stack}-${id}`);
    }
    case 'Fn::GetAtt': {
      const [id, attribute] = listOf(argument).map(String);
      const arn = arnOf(templates, stack, id ?? '');
      return attribute === 'Arn' ? arn : `${arn}/${attribute}`;
    }
    case 'Fn::Join': {
      const [separator, parts] = listOf(argument);
      return listOf(parts)
        .map((part) => resolved(templates, stack, part))
        .join(String(separator));
    }
    case 'Fn::ImportValue':
      return exported(templates, resolved(templates, stack, argument));
    default:
      throw new Error(`what CloudFormation makes of ${JSON.stringify(value)} is not known here`);
  }
}

/** A function as it would be deployed. */
export interface Deployed {
  readonly stack: string;
  /** The name that its construct has in its stack, such as `Scheduler`. */
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** All that its role is allowed and denied. */
  readonly statements: readonly PlainStatement[];
}

/** Every function of the templates; a role has no policies but those that the templates list as such. */
export function deployedFunctions(templates: Templates): readonly Deployed[] {
  return resourcesOf(templates, 'AWS::Lambda::Function').map(({ stack, id, resource }) => {
    const { Environment, Role } = resource.Properties;
    const [role] = listOf(fieldsOf(Role)['Fn::GetAtt']).map(String);
    const variables = Object.entries(Environment.Variables);
    const policies = policiesOf(templates).filter(
      (policy) => policy.stack === stack && policy.resource.Properties.Roles.some(({ Ref }) => Ref === role),
    );
    return {
      stack,
      name: id.replace(/Function[0-9A-F]{8}$/, ''),
      environment: Object.fromEntries(variables.map(([name, value]) => [name, resolved(templates, stack, value)])),
      statements: policies.flatMap(({ resource: policy }) =>
        policy.Properties.PolicyDocument.Statement.map((statement) => ({
          ...statement,
          Resource: listOf(statement.Resource).map((one) => resolved(templates, stack, one)),
        })),
      ),
    };
  });
}
