/** What is written on a mail: plain text, and nothing that a person wrote stands in its head. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** Characters that steer instead of being read: line breaks, controls, and those that turn the direction of writing. */
const STEERING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
/** What mail programs make links of. */
const LINKING = /:\/\/|www\./giu;
/** The most characters of a name. */
const MOST = 60;

/** A name that somebody chose, as it may stand within a line of text. */
export function plainName(name: string): string {
  const plain = name.replace(STEERING, ' ').replace(LINKING, ' ').replace(/\s+/g, ' ').trim();
  const short = [...plain];
  return short.length > MOST ? `${short.slice(0, MOST).join('')}…` : plain;
}

/** What an invitation says. */
export function invitationMail(given: {
  readonly tenant: string;
  readonly role: string;
  readonly workspaces: readonly string[];
  readonly expiresAt: string;
  /** Where it is accepted, with the token in its fragment, which no server is told. */
  readonly link: string;
}): MailText {
  const { role, workspaces, expiresAt, link } = given;
  return {
    subject: 'You are invited to Laurel',
    text: [
      `You are invited to work in "${plainName(given.tenant)}" as ${role}, in: ${workspaces.join(', ')}.`,
      '',
      'Accept here:',
      link,
      '',
      `The link is for you alone, works once, and until ${expiresAt}.`,
      'If you did not expect this, do nothing.',
      '',
    ].join('\n'),
  };
}
