import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mail } from '../ports/mail.ts';

/** Mail by Amazon SES (v2), from one address, which the cell's operator has proven to be theirs. */
export function sesMail(ses: SESv2Client, from: string): Mail {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    async send({ to, subject, text }) {
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to] },
          // SES writes the heads itself, so that no text can add one.
          Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
        }),
      );
    },
  };
}
