import { Laurel, LaurelTracker } from '@laurel/sdk';
import createClient from 'openapi-fetch';

/** What is compared. */
export type ClientName = 'fetch' | 'openapi-fetch' | 'LaurelTracker' | 'Laurel';

/** What `openapi-typescript` would make of the one operation that is measured. */
interface Paths {
  readonly '/app/v1/events': {
    readonly post: {
      readonly requestBody: { readonly content: { readonly 'application/json': { readonly activity: string } } };
      readonly responses: { readonly 201: { readonly content: { readonly 'application/json': object } } };
    };
  };
}

const event = { activity: 'lesson.completed' };

/** Tracks one event with each, as somebody would who had nothing else. */
export const clients: Readonly<Record<ClientName, (baseUrl: string) => () => Promise<unknown>>> = {
  fetch: (baseUrl) => async () => {
    const response = await fetch(`${baseUrl}/app/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
      body: JSON.stringify(event),
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  },
  'openapi-fetch': (baseUrl) => {
    const client = createClient<Paths>({ baseUrl, headers: { authorization: 'Bearer t' } });
    return async () => {
      const { data, error } = await client.POST('/app/v1/events', { body: event });
      if (error !== undefined) throw new Error(String(error));
      return data;
    };
  },
  LaurelTracker: (baseUrl) => {
    const tracker = new LaurelTracker({ baseUrl, auth: { token: 't' } });
    return () => tracker.track(event);
  },
  Laurel: (baseUrl) => {
    const laurel = new Laurel({ baseUrl, auth: { token: 't' } });
    return () => laurel.events.track(event);
  },
};
