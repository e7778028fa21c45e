import type { PolicyTexts } from '@laurel/server/identity/cedar-policies';
import { resourcesOf, type Templates } from '../templates.ts';

/** What differs between Verified Permissions and the folder of policies. */
export function policyFaults(templates: Templates, texts: PolicyTexts, schema: string): string[] {
  const stored = new Map(
    resourcesOf(templates, 'AWS::VerifiedPermissions::Policy').map(({ resource }) => {
      const { Description, Statement } = resource.Properties.Definition.Static;
      return [Description, Statement];
    }),
  );
  const stores = resourcesOf(templates, 'AWS::VerifiedPermissions::PolicyStore');
  return [
    ...Object.entries(texts.policies)
      .filter(([id, text]) => stored.get(id) !== text)
      .map(([id]) => `${id} is missing or another`),
    ...[...stored.keys()].filter((id) => !Object.hasOwn(texts.policies, id)).map((id) => `${id} is one too many`),
    // Verified Permissions takes policies of at most 10,000 bytes and a schema of at most 100,000.
    ...[...stored].filter(([, text]) => Buffer.byteLength(text) > 10_000).map(([id]) => `${id} is too long`),
    ...stores.flatMap(({ resource }) => [
      ...(resource.Properties.Schema.CedarJson === schema ? [] : ['the schema is another']),
      ...(Buffer.byteLength(resource.Properties.Schema.CedarJson) <= 100_000 ? [] : ['the schema is too long']),
      ...(resource.Properties.ValidationSettings.Mode === 'STRICT' ? [] : ['policies are not validated']),
    ]),
    ...(stores.length === 1 ? [] : ['there is not one store']),
  ];
}
