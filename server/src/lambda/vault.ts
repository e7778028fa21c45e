import type { KMSClient } from '@aws-sdk/client-kms';
import { kmsCellKeyring } from '../privacy/kms-keyring.ts';
import { createVault } from '../privacy/vault.ts';
import type { Table } from '../store/table.ts';
import { tableNamed } from './aws.ts';

/** What a function is told of its tables. */
interface VaultConfig {
  readonly LAUREL_TABLE: string;
  readonly LAUREL_KEYS_TABLE: string;
  readonly LAUREL_VAULT_KEY: string;
}

/** The cell's table with its vault: keys in the table of keys, wrapped by the cell's key in KMS. */
export function vaultedTable(config: VaultConfig, kms: KMSClient): Table {
  const keys = tableNamed(config.LAUREL_KEYS_TABLE);
  const vault = createVault({ keys, cell: kmsCellKeyring(kms, config.LAUREL_VAULT_KEY) });
  return { ...tableNamed(config.LAUREL_TABLE), vault };
}
