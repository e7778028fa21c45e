// The mock handlers with msw 3.
import { fixtures, type LaurelHandlers, laurelHandlers } from '@laurel/sdk/testing';
import { type HttpHandler, http } from 'msw';
import { setupServer } from 'msw/node';

const api: LaurelHandlers<HttpHandler> = laurelHandlers({
  http,
  baseUrl: 'https://acme.eu.api.example.com',
  given: { 'app.missions.list': [fixtures.playerMission({ name: 'Three a day' })] },
});
export const server = setupServer(...api);
api.fail('missions.list', 'rate_limited', { times: 2 });
