import type { Contract } from '@laurel/contract';
import type { Workspace } from '@laurel/contract/workspaces/schema';
import { isBuiltIn } from '../../identity/principal.ts';
import type { Write } from '../../store/commit.ts';
import { workspaceScope } from '../../store/scope.ts';
import { getTenant, getWorkspace, setWorkspaceStatus, type TenantRecord } from '../../store/tenants.ts';
import type { Answer, CallContext, Handlers } from '../call.ts';
import { copyWrites } from '../config.ts';
import { definitionTypes } from '../definition-types.ts';
import { notFound, ProblemError, unknownReference } from '../problem.ts';
import { newWorkspace } from '../workspace-new.ts';
import { allotmentQueue, giveBack, take } from './allotments.ts';
import { invite } from './invitations.ts';
import { give } from './role-grants.ts';

type WorkspaceCall = CallContext & { readonly params: { readonly tenant: string; readonly workspace: string } };

async function placeOf(call: WorkspaceCall): Promise<{ readonly tenant: TenantRecord; readonly workspace: Workspace }> {
  const { table } = call.platform;
  const [tenant, workspace] = await Promise.all([
    getTenant(table, call.params.tenant),
    getWorkspace(table, call.params.tenant, call.params.workspace),
  ]);
  if (tenant === undefined || workspace === undefined) throw notFound();
  return { tenant, workspace };
}

/** A holder of one of the plan's workspaces. */
const holding = (slug: string) => ({ of: slug, until: null });

/** Changes whether a workspace answers; an archived one counts for no limit. */
async function withStatus(call: WorkspaceCall, status: Workspace['status']): Promise<Answer<Workspace>> {
  const { tenant, workspace } = await placeOf(call);
  if (tenant.platform && status !== 'active')
    throw new ProblemError('unprocessable', 'Whoever runs the platform cannot lock themselves out.');
  if (workspace.status === status) return { body: workspace };
  const { slug } = workspace;
  const counted: Write[] =
    status === 'archived'
      ? await giveBack(call, tenant.slug, 'workspaces', [slug])
      : await take(call, tenant.slug, 'workspaces', slug, holding(slug));
  return {
    body: { ...workspace, status },
    writes: [...setWorkspaceStatus(call.platform.table, workspace, status), ...counted],
    queue: allotmentQueue(tenant.slug, 'workspaces'),
  };
}

/** What opens a workspace, counted by the plan. */
export async function openWorkspace(call: CallContext, workspace: Workspace, clock: 'real' | 'test'): Promise<Write[]> {
  return [
    ...newWorkspace(call, workspace, clock),
    ...(await take(call, workspace.tenant, 'workspaces', workspace.slug, holding(workspace.slug))),
  ];
}

type Extras = Pick<Handlers<Contract['platform']['workspaces']>, 'clone' | 'suspend' | 'archive' | 'resume' | 'invite'>;

/** What can be done with workspaces besides opening them. */
export const workspaceExtras: Extras = {
  async clone(call) {
    const { tenant, workspace: source } = await placeOf(call);
    // Its function may not read what is in them either.
    if (tenant.slug !== call.scope.tenant)
      throw new ProblemError(
        'unprocessable',
        'Only owners of a tenant clone its workspaces: what is in them is theirs.',
      );
    const { slug, name, production, clock } = call.body;
    // Asked before anything is put aside for it: what is there already is not to be touched.
    if ((await getWorkspace(call.platform.table, tenant.slug, slug)) !== undefined)
      throw new ProblemError('already_exists');
    const made = { version: 1, createdAt: call.now, updatedAt: call.now };
    const { zone, language, createsUnknownUsers, allowedOrigins, userAttributes, teams, privacy } = source;
    const settings = { zone, language, createsUnknownUsers, allowedOrigins, userAttributes, teams, privacy };
    const workspace: Workspace = {
      tenant: tenant.slug,
      slug,
      name,
      production,
      status: 'active',
      ...settings,
      ...made,
    };
    const opened = await openWorkspace(call, workspace, clock);
    const from = workspaceScope(tenant.slug, source.slug);
    const to = { scope: workspaceScope(tenant.slug, slug), userAttributes };
    const copied = await copyWrites(call, definitionTypes, from, to);
    return {
      body: workspace,
      writes: [...opened, ...copied],
      queue: allotmentQueue(tenant.slug, 'workspaces'),
    };
  },

  suspend: (call) => withStatus(call, 'suspended'),
  archive: (call) => withStatus(call, 'archived'),
  resume: (call) => withStatus(call, 'active'),

  async invite(call) {
    const { tenant, workspace } = await placeOf(call);
    // Whoever runs the platform, or owns a tenant, works in another workspace: the roles of this one's own are not theirs.
    if (!isBuiltIn(call.body.role)) throw unknownReference('/role', 'role');
    await give(call, call.body.role);
    return invite(call, tenant, { ...call.body, workspaces: [workspace.slug] });
  },
};
