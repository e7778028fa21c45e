import type { Reach } from '../../src/access.ts';
import type { Deployed } from '../deployed.ts';
import type { FunctionName, ServiceAccess, TableAccess } from '../recorded/recorder.ts';
import { isAllowed, isLike, type PlainStatement, type Question, speaksOf } from './iam.ts';

/** The functions that reach the table, by what the recorder calls them. */
export function byName(functions: readonly Deployed[]): ReadonlyMap<FunctionName, Deployed> {
  return new Map(functions.map((one) => [nameOf(one), one]));
}

/** What the recorder calls a function. */
function nameOf({ stack, name }: Deployed): FunctionName {
  const [, tenant] = /-tenant-(.+)$/.exec(stack) ?? [];
  switch (name) {
    case 'Api':
      return `api of ${tenant}`;
    case 'Live':
      return `live of ${tenant}`;
    case 'Authorizer':
      return `authorizer of ${tenant}`;
    case 'Collector':
      return `collector of ${tenant}`;
    case 'Sealer':
      return 'sealer';
    case 'Scheduler':
      return 'schedule';
    case 'TellingStream':
      return 'stream';
    case 'RankingStream':
      return 'ranks';
    case 'PreToken':
      return 'pre-token';
    default:
      throw new Error(`nothing is recorded of the function ${stack}/${name}`);
  }
}

/** The ARNs of the cell's tables. */
export type Arns = Readonly<Record<TableAccess['of'], string>>;

/** What IAM is asked when a table is reached. */
export function questionOf({ action, index, keys, of }: TableAccess, arns: Arns): Question {
  return {
    action,
    resource: index === undefined ? arns[of] : `${arns[of]}/index/${index}`,
    context: keys.length === 0 ? {} : { 'dynamodb:LeadingKeys': keys },
  };
}

/** Everything that a function asks of the table and that its role may not do. */
export function refusals(
  functions: ReadonlyMap<FunctionName, Deployed>,
  accesses: readonly TableAccess[],
  arns: Arns,
): string[] {
  return accesses.flatMap((access) => {
    const statements = functions.get(access.by)?.statements ?? [];
    if (isAllowed(statements, questionOf(access, arns))) return [];
    const { by, action, index = 'table', keys, doing } = access;
    return [`${by}: ${action} on ${[...new Set(keys)].join(', ')} (${index}), in ${doing}`];
  });
}

/** An action on a pattern that a role is granted. */
interface Grant {
  readonly action: string;
  readonly pattern: string;
  readonly statement: PlainStatement;
}

const textsOf = (value: string | string[] | undefined): readonly string[] => [value ?? []].flat();

/** Every action on every pattern of partition keys that a role is granted. */
function grantsOf({ statements }: Deployed): readonly Grant[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      textsOf(statement.Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys']).flatMap((pattern) =>
        textsOf(statement.Action).map((action) => ({ action, pattern, statement })),
      ),
    );
}

/** A grant, alike for all tenants: each has functions of the same make. */
const grantName = (by: string, action: string, pattern: string): string => {
  const [kind = '', tenant] = by.split(' of ');
  const general = tenant === undefined ? pattern : pattern.replace(`T#${tenant}#`, 'T#{tenant}#');
  return `${kind}: ${action} on ${general}`;
};

/**
 * What roles are granted and no function of their kind was ever seen to use; but for what is spared with a reason, and
 * with what is spared although it was used.
 */
export function unusedGrants(
  functions: ReadonlyMap<FunctionName, Deployed>,
  accesses: readonly TableAccess[],
  arns: Arns,
  reachesOf: (by: FunctionName) => readonly Reach[],
): string[] {
  const granted = new Set<string>();
  const used = new Set<string>();
  const spared = new Set<string>();
  for (const [by, deployed] of functions) {
    for (const { spare = [] } of reachesOf(by))
      for (const { action, key } of spare) spared.add(grantName(by, `dynamodb:${action}`, key));
    const own = accesses.filter((access) => access.by === by);
    for (const { action, pattern, statement } of grantsOf(deployed)) {
      const name = grantName(by, action, pattern);
      granted.add(name);
      if (used.has(name)) continue;
      const isUsed = own.some(
        (access) =>
          access.action === action &&
          access.keys.some((key) => isLike(key, pattern)) &&
          speaksOf(statement, questionOf(access, arns)),
      );
      if (isUsed) used.add(name);
    }
  }
  return [
    ...[...granted].filter((name) => !used.has(name) && !spared.has(name)).map((name) => `never used: ${name}`),
    ...[...spared].filter((name) => used.has(name)).map((name) => `used, though spared: ${name}`),
    ...[...spared].filter((name) => !granted.has(name)).map((name) => `spared, but not granted: ${name}`),
  ];
}

/** Everything that a function asks of other services and that its role may not do. */
export function serviceRefusals(
  functions: ReadonlyMap<FunctionName, Deployed>,
  accesses: readonly ServiceAccess[],
): string[] {
  // A secret may be asked for by its name; its ARN ends with six characters of Secrets Manager's own.
  const arnOf = ({ action, resource }: ServiceAccess): string =>
    action.startsWith('secretsmanager:') && !resource.startsWith('arn:')
      ? `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${resource}-AbCdEf`
      : resource;
  return accesses
    .filter((access) => {
      const { tenant, prefix } = access;
      const context = {
        ...(tenant === undefined ? {} : { 'kms:EncryptionContext:tenant': [tenant] }),
        ...(prefix === undefined ? {} : { 's3:prefix': [prefix] }),
      };
      const question = { action: access.action, resource: arnOf(access), context };
      return !isAllowed(functions.get(access.by)?.statements ?? [], question);
    })
    .map(({ by, action, resource, doing }) => `${by}: ${action} on ${resource}, in ${doing}`);
}
