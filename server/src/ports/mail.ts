/** A mail of plain text to one person. */
export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends mail. */
export interface Mail {
  /** Hands a mail over to be delivered; rejects where nobody takes it. */
  send(message: MailMessage): Promise<void>;
}
