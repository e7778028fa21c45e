import type { Laurel, Mission } from '@laurel/sdk/server';

/** What a reader of the SDK's README has around a snippet. */
export interface Surroundings {
  readonly baseUrl: string;
  /** What a mission shall be. */
  readonly changes: Omit<Parameters<Laurel['missions']['create']>[0], 'id' | 'draft'>;
  readonly fetchTokenFromYourBackend: () => Promise<string>;
  readonly getToken: () => Promise<string>;
  readonly issuer: string;
  /** A backend's client. */
  readonly laurel: Laurel;
  readonly location: Pick<Location, 'origin' | 'pathname' | 'href'>;
  readonly me: { readonly id: string };
  readonly mission: Mission;
  readonly production: Laurel;
  readonly signal: AbortSignal;
  readonly staging: Laurel;
  /** The `traceparent` of what goes on. */
  readonly trace: string;
  readonly user: { readonly id: string };
}
