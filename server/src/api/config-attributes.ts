import type { ConfigChange } from '@laurel/contract/config/schema';
import type { Workspace } from '@laurel/contract/types';
import { UserAttributeDeclarations } from '@laurel/contract/users/attributes';
import { canonical, differencesOf } from '../domain/config/differences.ts';
import type { Write } from '../store/commit.ts';
import { declareAttributes } from '../store/declarations.ts';
import type { CallContext } from './call.ts';
import { counts, type Reading } from './config-plan.ts';
import { workspaceOf } from './reader.ts';

type Declared = Workspace['userAttributes'];

/** Where a request speaks of what is declared of users. */
export const ATTRIBUTES_AT = '/document/userAttributes';

/** What a document means for what a workspace declares of its users' attributes. */
export interface PlannedAttributes {
  readonly row: ConfigChange;
  readonly after: Declared;
  /** Whether it is another declaration. */
  readonly changes: boolean;
}

function actionOf(before: Declared, after: Declared, isSame: boolean): ConfigChange['action'] {
  if (isSame) return 'unchanged';
  if (before === null) return 'create';
  return after === null ? 'archive' : 'update';
}

/** Compares what is declared with a document; nothing, where it does not speak of that, or nobody declares anything. */
export function planAttributes(before: Declared, reading: Reading): PlannedAttributes | undefined {
  const { userAttributes: after } = reading.document;
  if (after === undefined || !counts(reading, 'userAttributes')) return undefined;
  if (before === null && after === null) return undefined;
  const found = differencesOf(before, after);
  const action = actionOf(before, after, found.length === 0);
  const differences = action === 'update' ? found : [];
  const row: ConfigChange = { kind: 'userAttributes', id: 'userAttributes', action, differences };
  return { row, after, changes: action !== 'unchanged' };
}

/** What is declared, with its names and fields in one order. */
export function exportedAttributes(declared: Declared): Declared {
  return declared === null ? null : UserAttributeDeclarations.parse(canonical(declared));
}

/** The writes that declare it, from a version of the ruleset on. */
export async function attributeWrites(
  call: CallContext,
  { after }: PlannedAttributes,
  version: number,
): Promise<Write[]> {
  const before = await workspaceOf(call);
  const changed = { ...before, userAttributes: after, version: before.version + 1, updatedAt: call.now };
  return declareAttributes(call.platform.table, call.scope, version, { before, after: changed });
}
