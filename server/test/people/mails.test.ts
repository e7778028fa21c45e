import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invitationMail, plainName } from '../../src/domain/people/mails.ts';

const about = (tenant: string) =>
  invitationMail({
    tenant,
    role: 'viewer',
    workspaces: ['main'],
    expiresAt: '2026-12-01T00:00:00.000Z',
    link: 'https://console.example/invitations#tenant=acme&token=t',
  });

test('whatever a name holds, a mail has the same lines and the same head', () => {
  const expected = about('Acme');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      const { subject, text } = about(name);
      expect(subject).toBe(expected.subject);
      expect(text.split('\n').slice(1)).toEqual(expected.text.split('\n').slice(1));
      expect(text).not.toMatch(/[^\P{C}\n]/u);
    }),
  );
});

test.each([
  ['line breaks', 'Acme\r\nBcc: eve@example.com\r\n\r\nhello', 'Acme Bcc: eve@example.com hello'],
  ['turned writing', 'Acme\u202egro.live\u202c \u2066x\u2069', 'Acme gro.live x'],
  ['line separators and NUL', 'A\u2028B\u2029C\u0000D\u0085E', 'A B C D E'],
  ['links', 'Go to https://evil.example now, or www.evil.example', 'Go to https evil.example now, or evil.example'],
  ['length', 'x'.repeat(200), `${'x'.repeat(60)}…`],
])('a name with %s is one plain line', (_what, name, plain) => {
  expect(plainName(name)).toBe(plain);
});
