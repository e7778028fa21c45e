import { readPolicies } from '@laurel/server/identity/cedar-policies';
import { App, Tags } from 'aws-cdk-lib';
import { AuditStack } from './audit.ts';
import { POLICIES } from './bundle.ts';
import { assertCell, type CellConfig } from './config.ts';
import { DataStack } from './data.ts';
import { IdentityStack } from './identity.ts';
import { PoliciesStack } from './policies.ts';
import { RegionStack } from './region.ts';
import { SchedulerStack } from './scheduler.ts';
import { RanksStack, StreamStack } from './stream.ts';
import { TenantStack } from './tenant.ts';

/** How an app is built. */
export interface BuildOptions {
  /** Where the templates go; a folder of CDK's own choice where it is missing. */
  readonly outdir?: string;
  /** Whether the functions are bundled; without it the templates are the same but for the code's hashes. */
  readonly isBundled?: boolean;
  /** Whether a synthesis fails for what CloudFormation would refuse; for tests that look at templates alone. */
  readonly isValidated?: boolean;
}

/** What is set for every synthesis. */
const CONTEXT = {
  // Without it CDK only warns of what CloudFormation would refuse.
  '@aws-cdk/core:validateAgainstDefaultRules': true,
} as const;

/** All stacks of a cell; nothing is looked up, so that a synthesis needs neither network nor credentials. */
export async function buildApp(cell: CellConfig, options: BuildOptions = {}): Promise<App> {
  assertCell(cell);
  const { outdir, isBundled = true, isValidated = true } = options;
  const app = new App({
    ...(outdir === undefined ? {} : { outdir }),
    context: { ...CONTEXT, ...(isBundled ? {} : { 'aws:cdk:bundling-stacks': [] }) },
    builtinCloudFormationValidation: isValidated,
    analyticsReporting: false,
  });
  Tags.of(app).add('laurel:cell', cell.name);
  const env = { region: cell.region };
  const nameOf = (part: string): string => `laurel-${cell.name}-${part}`;
  const data = new DataStack(app, nameOf('data'), { env });
  const identity = new IdentityStack(app, nameOf('identity'), { env, cell, data });
  const region = new RegionStack(app, nameOf('region'), { env });
  new SchedulerStack(app, nameOf('scheduler'), { env, data, cell });
  const audit = new AuditStack(app, nameOf('audit'), { env, data, cell });
  new StreamStack(app, nameOf('stream'), { env, data });
  if (cell.cache !== undefined) new RanksStack(app, nameOf('ranks'), { env, data, cache: cell.cache });
  const texts = await readPolicies(POLICIES);
  new PoliciesStack(app, nameOf('policies'), { env, texts });
  for (const tenant of cell.tenants) {
    const stack = new TenantStack(app, nameOf(`tenant-${tenant.slug}`), {
      env,
      cell,
      tenant,
      data,
      identity,
      audit,
      region,
      texts,
    });
    // A stage with logs can only be made once API Gateway may write them.
    stack.addStackDependency(region);
  }
  return app;
}
