import * as z from 'zod';
import { RoleId } from '../roles/schema.ts';
import { Id } from '../shared/ids.ts';
import { Instant } from '../shared/time.ts';

/** Whose people may join, and as what. */
export const DomainRuleCreate = z
  .strictObject({
    domain: z
      .string()
      .min(3)
      .max(253)
      .meta({ description: 'Without subdomains: they are other domains. Other letters are compared by IDNA.' }),
    role: RoleId,
  })
  .meta({
    id: 'DomainRuleCreate',
    description: 'The domain whose people may join, and as what.',
    example: { domain: 'acme.example', role: 'viewer' },
  });
export type DomainRuleCreate = z.infer<typeof DomainRuleCreate>;

/** A rule by which people of a domain join. */
export const DomainRule = z
  .object({
    id: Id,
    domain: z.string().meta({ description: 'In ASCII (IDNA).', example: 'acme.example' }),
    role: RoleId,
    status: z
      .enum(['pending', 'verified'])
      .meta({ description: 'A rule lets nobody in until the domain has proven to be yours.' }),
    record: z
      .object({
        name: z.string().meta({ example: '_laurel-challenge.acme.example' }),
        value: z.string().meta({ example: 'laurel-domain=8Q2M7XKD0R4THV9C' }),
      })
      .meta({ id: 'DomainProof', description: 'The TXT record of the DNS that proves it.' }),
    createdAt: Instant,
    verifiedAt: Instant.nullable().meta({ example: null }),
  })
  .meta({ id: 'DomainRule', description: 'A rule by which people with an e-mail address of a domain join.' });
export type DomainRule = z.infer<typeof DomainRule>;
