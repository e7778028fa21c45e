/** What the page has to know of its surroundings. */
export interface PageConfig {
  /** The tenant's base URL. */
  readonly baseUrl: string;
  /** Where people sign in. */
  readonly issuer: string;
  readonly clientId: string;
}
