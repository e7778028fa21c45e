import { createIds } from '../api/ids.ts';
import { mayGoTo } from '../api/people/domain-entry.ts';
import { tableNamed } from './aws.ts';
import { readPreTokenConfig } from './environment.ts';
import { type TokenEvent, withClaims } from './token-claims.ts';

const config = readPreTokenConfig(process.env);
const platform = { table: tableNamed(config.LAUREL_TABLE), newId: createIds() };

/** Cognito's pre token generation trigger (V3_0) of the cell's user pool. */
export const handler = async (event: TokenEvent): Promise<TokenEvent> =>
  withClaims(event, config, (place, person) => mayGoTo({ platform, realNow: new Date().toISOString() }, person, place));
