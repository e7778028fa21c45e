import { isProblem, Laurel, ProblemError } from '@laurel/sdk';
import { isProblem as isServerProblem, Laurel as ServerLaurel } from '@laurel/sdk/server';

const baseUrl = process.env.BASE_URL;
const player = new Laurel({ baseUrl, auth: { token: 'player' } });
const auth = { clientId: 'c', clientSecret: 's', tokenEndpoint: `${baseUrl}/oauth2/token` };
const backend = new ServerLaurel({ baseUrl, auth });

const items = [];
for await (const mission of player.missions.list()) items.push(mission.id);
const { event } = await backend.events.track({ externalUserId: 'player-7', activity: 'lesson.completed' });
const error = await backend.missions.get('missing').catch((reason) => reason);
console.log(
  JSON.stringify({
    items,
    event: event.activity,
    problem: error.code,
    recognised: isProblem(error) && isServerProblem(error, 'not_found') && error instanceof ProblemError,
  }),
);
