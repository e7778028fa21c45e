// A backend's program: compiled with Node's types, and without the DOM.
import { VersionMismatchError } from '@laurel/sdk/errors';
import { type CsvReports, Laurel, type LaurelOptions, type ServerClient, UsageError } from '@laurel/sdk/server';
import { signForTest, verify, WebhookError } from '@laurel/sdk/webhooks';

const options: LaurelOptions = {
  baseUrl: 'https://acme.eu.api.example.com',
  auth: { clientId: 'c', clientSecret: process.env.SECRET ?? '', tokenEndpoint: 'https://id.example.com/token' },
};

export async function serve(headers: Headers, body: Uint8Array): Promise<string> {
  const laurel: ServerClient = new Laurel(options);
  const mission = await laurel.missions.get('weekly-five');
  const changes = { name: { en: 'Five' }, schedule: { kind: 'permanent' as const }, steps: [] };
  try {
    await laurel.missions.update(mission.id, changes, { ifMatch: mission });
  } catch (error) {
    if (!(error instanceof VersionMismatchError || error instanceof UsageError)) throw error;
  }
  for await (const user of laurel.users.list()) console.log(user.id satisfies string);
  await laurel.as({ externalUserId: 'player-7' }).wallets.list();
  // @ts-expect-error exactly one player
  laurel.as({ externalUserId: 'player-7', userId: 'u' });
  const reports: CsvReports = laurel.csv.analytics;
  const csv: string = await reports.overview({ from: '2026-11-01', to: '2026-11-30' });
  try {
    const happening = await verify(body, headers, ['whsec_a', 'whsec_b']);
    if (happening.type === 'mission.completed') return happening.data.mission;
    await signForTest(happening, 'whsec_a');
  } catch (error) {
    if (error instanceof WebhookError) return error.code;
  }
  return csv;
}
