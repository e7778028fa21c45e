import type { MailText } from '../domain/people/mails.ts';

/** Sends mail to people. */
export interface Mail {
  /**
   * Sends one mail to one address.
   * @throws Error where it was not taken
   */
  send(to: string, mail: MailText): Promise<void>;
}
