// A page's program: compiled with the DOM, and without Node's types.
import { type AppClient, isProblem, Laurel, LaurelTracker, type List, logTo, type PlayerMission } from '@laurel/sdk';
import { type SignIn, signInWith } from '@laurel/sdk/auth';
import { NotFoundError } from '@laurel/sdk/errors';
import { LaurelLive } from '@laurel/sdk/live';
import { offlineQueue, type QueueStore } from '@laurel/sdk/offline';

declare const store: QueueStore;
const baseUrl = 'https://acme.eu.api.example.com';
const people: SignIn = signInWith({ issuer: 'https://id.example.com', clientId: 'app', redirectUri: location.href });
const laurel = new Laurel({ baseUrl, auth: people, hooks: logTo(console.debug), fetch });

export async function play(signal: AbortSignal): Promise<string | undefined> {
  const missions: PlayerMission[] = await laurel.missions.list({ limit: 20 }).toArray({ max: 100 });
  const list: List<PlayerMission> = laurel.missions.list();
  for await (const page of list.pages()) console.log(page.nextCursor satisfies string | null);
  const events: AppClient['events'] = laurel.events;
  const { effects } = await events.track({ activity: 'lesson.completed' }, { signal, timeoutMs: 100 });
  const batch = await new LaurelTracker({ baseUrl, auth: { token: 't' } }).trackBatch({ events: [{ activity: 'a' }] });
  for (const item of batch.items) if (item.status === 'rejected') console.log(item.problem.code);
  const queue = offlineQueue({ events, player: 'me', store, onAccepted: (receipt) => console.log(receipt.event.id) });
  await queue.track({ activity: 'lesson.completed' });
  try {
    await laurel.missions.get('weekly-five');
  } catch (error) {
    if (error instanceof NotFoundError) return error.code satisfies 'not_found';
    if (isProblem(error, 'forbidden')) return error.code satisfies 'forbidden';
  }
  for await (const happening of new LaurelLive({ baseUrl, auth: people }).live.subscribe({ signal })) {
    if (happening.type === 'mission.completed') return happening.data.mission satisfies string;
  }
  // @ts-expect-error an event takes an activity
  await laurel.events.track({});
  return missions[0]?.id ?? String(effects.rewards.length);
}
