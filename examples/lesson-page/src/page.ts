import { isProblem, Laurel, type LaurelError } from '@laurel/sdk';
import { signInWith } from '@laurel/sdk/auth';
import { type OfflineQueue, offlineQueue } from '@laurel/sdk/offline';
import type { PageConfig } from './config.ts';

const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
};

const config: PageConfig = await (await fetch('/config.json')).json();

/** The person, at the issuer. Kept for the tab, so that a reload does not ask again. */
const people = signInWith({
  issuer: config.issuer,
  clientId: config.clientId,
  redirectUri: `${location.origin}/callback`,
  storage: sessionStorage,
});

/** The player, by a token that our backend gets for the person. */
async function playerToken(): Promise<string> {
  const answer = await fetch('/player-token', {
    method: 'POST',
    headers: { authorization: `Bearer ${await people.getToken()}` },
  });
  if (!answer.ok) throw new Error(`The backend answered ${answer.status}.`);
  return (await answer.json()).accessToken;
}

let token: string | undefined;
const laurel = new Laurel({
  baseUrl: config.baseUrl,
  auth: {
    async getToken({ refused }) {
      if (refused || token === undefined) token = await playerToken();
      return token;
    },
  },
});

async function showPoints(): Promise<void> {
  const wallet = await laurel.wallets.get('xp').catch((error: LaurelError) => {
    // Who never earned has no wallet yet.
    if (isProblem(error, 'not_found')) return { available: 0 };
    throw error;
  });
  part('points').textContent = String(wallet.available);
}

async function showWaiting(queue: OfflineQueue): Promise<void> {
  const waiting = await queue.size();
  part('waiting').textContent = waiting === 0 ? '' : `${waiting} waiting for a connection`;
}

function told(act: () => Promise<unknown>): () => void {
  return () => {
    part('failure').textContent = '';
    act().catch((error: Error) => {
      part('failure').textContent = error.message;
    });
  };
}

async function play(player: string): Promise<void> {
  const refresh = told(async () => {
    await showWaiting(queue);
    await showPoints();
  });
  const queue = offlineQueue({ events: laurel.events, player, onAccepted: refresh });
  part('lesson').addEventListener(
    'click',
    told(async () => {
      await queue.track({ activity: 'lesson.completed' });
      await showWaiting(queue);
    }),
  );
  part('sign-out').addEventListener(
    'click',
    told(() => people.signOut({ returnTo: `${location.origin}/callback` })),
  );
  part('player').hidden = false;
  await showWaiting(queue);
  await showPoints();
}

part('sign-in').addEventListener(
  'click',
  told(() => people.signIn()),
);
told(async () => {
  await people.callback();
  if (await people.isSignedIn()) await play((await laurel.me.get()).id);
  else part('guest').hidden = false;
})();
