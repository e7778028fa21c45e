import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DetailedError, policySetTextToParts, policyToJson } from '@cedar-policy/cedar-wasm/nodejs';

/** The policies and the schema that they speak by, as texts. */
export interface PolicyTexts {
  /** The policies by their ids, which each has in its `@id`. */
  readonly policies: Readonly<Record<string, string>>;
  /** The schema in Cedar's own form. */
  readonly schema: string;
}

/**
 * Reads a folder of policies: every `*.cedar`, and `laurel.cedarschema`.
 * @throws Error where a text is no Cedar, or a policy has no `@id` of its own
 */
export async function readPolicies(folder: string): Promise<PolicyTexts> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cedar')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const policies: Record<string, string> = {};
  for (const text of texts) {
    for (const policy of policiesOf(text)) {
      const id = idOf(policy);
      if (Object.hasOwn(policies, id)) throw new Error(`two policies have the id ${id}`);
      policies[id] = policy;
    }
  }
  return { policies, schema: await readFile(join(folder, 'laurel.cedarschema'), 'utf8') };
}

function policiesOf(text: string): readonly string[] {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') throw new Error(messagesOf(parts.errors).join('; '));
  return parts.policies;
}

function idOf(policy: string): string {
  const answer = policyToJson(policy);
  if (answer.type === 'failure') throw new Error(messagesOf(answer.errors).join('; '));
  const id = answer.json.annotations?.id;
  if (!id) throw new Error(`a policy has no @id: ${policy}`);
  return id;
}

/** What Cedar says went wrong. */
export function messagesOf(errors: readonly DetailedError[]): readonly string[] {
  return errors.map(({ message, help }) => (help === null ? message : `${message} (${help})`));
}
