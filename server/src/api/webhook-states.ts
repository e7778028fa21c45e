import type { Write } from '../store/commit.ts';
import { type Definition, type Placed, placeOf } from '../store/definition-items.ts';
import { type SealedSecret, type WebhookState, welcomeWebhook } from '../store/webhooks.ts';
import { newWebhookSecret } from '../webhooks/sign.ts';
import { purposeOf } from '../webhooks/worker.ts';
import type { CallContext } from './call.ts';

/** A new secret, and as it is kept. */
export function newSecret(
  { platform, scope }: CallContext,
  webhookId: string,
): { readonly secret: string; readonly kept: SealedSecret } {
  const secret = newWebhookSecret();
  return { secret, kept: { sealed: platform.sealer.seal(scope, purposeOf(webhookId), secret), until: null } };
}

/** The state of a webhook that is new here, with a secret that nobody has seen yet. */
export function newState({ platform }: CallContext, id: string, secrets: readonly SealedSecret[]): WebhookState {
  return {
    id,
    state: 'active',
    failingSince: null,
    disabledAt: null,
    secretShownAt: null,
    formerSecretUntil: null,
    secrets,
    since: platform.newId('webhook'),
    version: 1,
  };
}

/** What goes with a webhook that comes to work: from now on it hears; a secret is made where it has none. */
export function welcomeWrites(call: CallContext, id: string): Write {
  return welcomeWebhook(call.platform.table, call.scope, newState(call, id, [newSecret(call, id).kept]));
}

/** The same for all that a configuration puts to work, by what there is of each now. */
export function welcomesOf(
  call: CallContext,
  changes: readonly Placed[],
  heads: ReadonlyMap<string, Definition>,
): Write[] {
  const arriving = changes.filter(
    ({ kind, definition: { id, status } }) =>
      kind === 'webhooks' && status === 'published' && heads.get(placeOf(kind, id))?.status !== 'published',
  );
  return arriving.map(({ definition }) => welcomeWrites(call, definition.id));
}
