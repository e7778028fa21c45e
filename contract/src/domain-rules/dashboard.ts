import * as z from 'zod';
import { c, changes, reads } from '../route.ts';
import { Id } from '../shared/ids.ts';
import { PageQuery, page } from '../shared/page.ts';
import { DomainRule, DomainRuleCreate } from './schema.ts';

const params = z.strictObject({ id: Id });

export const domainRules = c.router({
  list: {
    method: 'GET',
    path: '/domain-rules',
    summary: 'List domain rules',
    description: 'The domains whose people may join this workspace.',
    query: PageQuery,
    responses: { 200: page('DomainRulePage', DomainRule) },
    metadata: reads('dashboard', 'domain-rules', { level: 'administer' }),
  },
  create: {
    method: 'POST',
    path: '/domain-rules',
    summary: 'Create a domain rule',
    description:
      'People with a verified e-mail address of the domain will join by signing in for this tenant, once a TXT record of the DNS has proven that the domain is yours. Domains that give addresses to anybody are refused. Nobody gives a role above their own.',
    body: DomainRuleCreate,
    responses: { 201: DomainRule },
    metadata: changes('dashboard', 'domain-rules', 'administer'),
  },
  get: {
    method: 'GET',
    path: '/domain-rules/:id',
    pathParams: params,
    summary: 'Get a domain rule',
    description: 'A rule, with the record that proves the domain.',
    responses: { 200: DomainRule },
    metadata: reads('dashboard', 'domain-rules', { level: 'administer' }),
  },
  verify: {
    method: 'POST',
    path: '/domain-rules/:id/verify',
    pathParams: params,
    summary: 'Verify a domain',
    description: 'Looks for the record in the DNS. Verifying twice is verifying once.',
    body: c.noBody(),
    responses: { 200: DomainRule },
    metadata: changes('dashboard', 'domain-rules', 'administer'),
  },
  remove: {
    method: 'DELETE',
    path: '/domain-rules/:id',
    pathParams: params,
    summary: 'Remove a domain rule',
    description: 'Nobody joins by it any more; those who did stay members.',
    body: c.noBody(),
    responses: { 200: DomainRule },
    metadata: changes('dashboard', 'domain-rules', 'administer', { idempotency: 'safe' }),
  },
});
