import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createIds } from '../api/ids.ts';
import { createSealer } from '../identity/sealer.ts';
import type { Table } from '../store/table.ts';
import { systemResolve } from '../webhooks/resolve.ts';
import { type WebhookWorker, webhookWorker } from '../webhooks/worker.ts';
import { readSecret } from './secret.ts';

/** What delivering for all tenants of a cell takes. */
export interface DelivererParts {
  readonly table: Table;
  readonly secrets: SecretsManagerClient;
  /** The name of the secret that seals a tenant's webhooks, with `{tenant}` in the tenant's place. */
  readonly sealingName: string;
}

/** Makes what delivers the webhooks of each tenant; a tenant's secret is read when it is first needed, and kept. */
export function cellDeliverer({ table, secrets, sealingName }: DelivererParts) {
  const known = new Map<string, WebhookWorker>();
  const newId = createIds();
  const destinations = { resolve: systemResolve, allowLoopback: false };
  return async (tenant: string): Promise<WebhookWorker> => {
    const found = known.get(tenant);
    if (found !== undefined) return found;
    const sealer = createSealer(await readSecret(secrets, sealingName.replace('{tenant}', tenant)));
    const worker = webhookWorker({ table, sealer, newId, destinations });
    known.set(tenant, worker);
    return worker;
  };
}
