import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The shortest secret that may sign cursors, in bytes: as long as what HMAC-SHA256 puts out. */
const MIN_BYTES = 32;

/**
 * Reads the secret that signs cursors. It is read when a function starts and lives in its memory alone: an environment
 * variable would show it to whoever may look at the function's configuration.
 * @throws Error where it cannot be read, or is too short to sign with
 */
export async function readCursorSecret(secrets: SecretsManagerClient, arn: string): Promise<Uint8Array> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
  const secret = Buffer.from(SecretString ?? '', 'utf8');
  if (secret.byteLength < MIN_BYTES) throw new Error(`the cursors' secret has fewer than ${MIN_BYTES} bytes`);
  return secret;
}
