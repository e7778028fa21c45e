import { UsageError } from './errors.ts';

/** Headers by name; one without a value is not sent, whoever asks for it. */
export type FixedHeaders = Readonly<Record<string, string | undefined>>;

/** @throws UsageError for what is no header */
export function setAll(headers: Headers, values: FixedHeaders): void {
  try {
    for (const [name, value] of Object.entries(values))
      value === undefined ? headers.delete(name) : headers.set(name, value);
  } catch {
    // The runtime's own message quotes the value, which may be the token.
    throw new UsageError('The token or a header cannot be sent.');
  }
}
