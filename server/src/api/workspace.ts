import type { Contract } from '@laurel/contract';
import type { Workspace, WorkspaceUpdate } from '@laurel/contract/workspaces/schema';
import { retentionDue } from '../privacy/retention.ts';
import { declareAttributes } from '../store/declarations.ts';
import { rulebookOf } from '../store/definitions.ts';
import { moveRuleset } from '../store/ruleset-head.ts';
import { putDue } from '../store/schedule.ts';
import { updateWorkspace } from '../store/tenants.ts';
import type { Handlers } from './call.ts';
import { judgeOf } from './definition-checks.ts';
import { definitionTypes } from './definition-types.ts';
import { ProblemError } from './problem.ts';
import { workspaceOf } from './reader.ts';
import { checkDeclarations } from './user-attributes.ts';

/** A workspace after a change; what the change does not name stays. */
function changedWorkspace(workspace: Workspace, change: WorkspaceUpdate, now: string): Workspace {
  const {
    name = workspace.name,
    zone = workspace.zone,
    language = workspace.language,
    createsUnknownUsers = workspace.createsUnknownUsers,
    userAttributes = workspace.userAttributes,
    teams = workspace.teams,
    privacy = workspace.privacy,
    allowedOrigins = workspace.allowedOrigins,
  } = change;
  const version = workspace.version + 1;
  return {
    ...workspace,
    name,
    zone,
    language,
    createsUnknownUsers,
    userAttributes,
    teams,
    privacy,
    allowedOrigins,
    version,
    updatedAt: now,
  };
}

export const workspace: Handlers<Contract['dashboard']['workspace']> = {
  async get(call) {
    return { body: await workspaceOf(call) };
  },

  async update(call) {
    const found = await workspaceOf(call);
    if (call.ifMatch !== found.version) throw new ProblemError('version_mismatch');
    const changed = changedWorkspace(found, call.body, call.now);
    const { table, rulebooks } = call.platform;
    const { version, definitions } = await rulebooks(call.scope);
    if (call.body.userAttributes !== undefined) {
      checkDeclarations(found.userAttributes, changed.userAttributes);
      judgeOf(definitionTypes, rulebookOf(version, definitions, changed.userAttributes)).allSound('/userAttributes');
    }
    const retained = call.body.privacy === undefined ? [] : putDue(table, call.scope, retentionDue(changed, call.now));
    if (call.body.userAttributes === undefined)
      return { body: changed, writes: [...updateWorkspace(table, changed), ...retained] };
    // Rulebooks are compiled by what is declared of users: a new declaration is a new ruleset.
    const declared = declareAttributes(table, call.scope, version + 1, { before: found, after: changed });
    return { body: changed, writes: [...declared, moveRuleset(table, call.scope, version), ...retained] };
  },
};
