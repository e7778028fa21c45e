import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** The shortest secret, in bytes: as long as what HMAC-SHA256 puts out. */
const MIN_BYTES = 32;

/**
 * Reads a secret, such as the one that signs cursors. It is read when a function starts and lives in its memory alone: an environment
 * variable would show it to whoever may look at the function's configuration.
 * @throws Error where it cannot be read, or is too short to sign with
 */
export async function readSecret(secrets: SecretsManagerClient, arn: string): Promise<Uint8Array> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: arn }));
  const secret = Buffer.from(SecretString ?? '', 'utf8');
  if (secret.byteLength < MIN_BYTES) throw new Error(`a secret has fewer than ${MIN_BYTES} bytes`);
  return secret;
}
