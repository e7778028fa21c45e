import { readPreTokenConfig } from './environment.ts';
import { type TokenEvent, withClaims } from './token-claims.ts';

const config = readPreTokenConfig(process.env);

/** Cognito's pre token generation trigger (V3_0) of the cell's user pool. */
export const handler = async (event: TokenEvent): Promise<TokenEvent> => withClaims(event, config);
