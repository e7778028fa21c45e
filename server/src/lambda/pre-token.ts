import { getMember } from '../store/members.ts';
import { workspaceScope } from '../store/scope.ts';
import { tableNamed } from './aws.ts';
import { readPreTokenConfig } from './environment.ts';
import { type IsMember, type TokenEvent, withClaims } from './token-claims.ts';

const config = readPreTokenConfig(process.env);
const table = tableNamed(config.LAUREL_TABLE);
const isMember: IsMember = async ({ tenant, workspace }, subject) =>
  (await getMember(table, workspaceScope(tenant, workspace), subject))?.status === 'active';

/** Cognito's pre token generation trigger (V3_0) of the cell's user pool. */
export const handler = async (event: TokenEvent): Promise<TokenEvent> => withClaims(event, config, isMember);
