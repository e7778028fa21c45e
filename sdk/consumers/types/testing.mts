// A program's tests: mock handlers, things, and the real platform. `msw.mts` has msw itself, whose types are for ESM and
// for TypeScript 5.9 and later.
import { LaurelError } from '@laurel/sdk';
import {
  createTestServer,
  type FailureKind,
  fixtures,
  type LaurelHandlers,
  laurelHandlers,
  type MockHttp,
} from '@laurel/sdk/testing';

interface Handler {
  readonly info: object;
}
declare const http: MockHttp<Handler>;

const api: LaurelHandlers<Handler> = laurelHandlers({
  http,
  baseUrl: 'https://acme.eu.api.example.com',
  given: { 'app.missions.list': [fixtures.playerMission({ name: 'Three a day' })] },
});
export const handlers: readonly Handler[] = [...api];
const kind: FailureKind = 'rate_limited';
api.fail('missions.list', kind, { times: 2 });
// @ts-expect-error: there is no such operation
api.fail('missions.lists', 'rate_limited');
// @ts-expect-error: a mission's name is text
fixtures.playerMission({ name: 7 });
const { data } = fixtures.happening('mission.completed');
export const mission: string = data.mission;
export const asked: readonly string[] = api.calls.map(({ operation }) => operation);

export async function streak(): Promise<number> {
  const { laurel, playerClient, clock, close } = await createTestServer({ now: '2026-11-24T09:00:00Z' });
  try {
    await laurel.activities.create({ id: 'lesson.completed', name: { en: 'Lesson' }, playersMaySend: true });
    const player = await playerClient({ externalUserId: 'player-7' });
    await player.events.track({ activity: 'lesson.completed' });
    const due = await clock.advance('2026-11-26T09:00:00Z');
    return due.length + (await player.streaks.get('daily')).current;
  } catch (error) {
    if (error instanceof LaurelError) return 0;
    throw error;
  } finally {
    await close();
  }
}
