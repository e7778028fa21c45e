import { hash } from 'node:crypto';
import type { Membership } from './people.ts';

const style = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:24rem;margin:12vh auto 0;padding:0 1rem}
label,legend{display:block;margin-top:1rem;font-weight:600}
input[type=email],input[type=password],input[type=text]{box-sizing:border-box;width:100%;font:inherit;padding:.5rem}
fieldset{border:0;padding:0;margin:0}
fieldset label{font-weight:400;margin-top:.5rem}
button{font:inherit;margin-top:1.5rem;padding:.5rem 1.25rem}
[role=alert]{border-left:.25rem solid #b00020;padding-left:.75rem}`;

const styleHash = hash('sha256', style, 'base64');

/**
 * The headers of every page: no scripts but what `more` allows, nothing from elsewhere, no frames, no copies. A form's answer may lead on to
 * the console, whose origin must then be named, since browsers count that as part of the form.
 */
export function pageHeaders(formTargets: readonly string[] = [], more?: string): Record<string, string> {
  const allowed = more === undefined ? '' : `; ${more}`;
  const formAction = ["'self'", ...formTargets].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'${allowed}`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text safe between tags and inside quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');
}

/** A page of ours: its title is text, its main part markup. */
export function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} - Laurel</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${main}
</main></body>
</html>
`;
}

function alert(text: string | undefined): string {
  return text === undefined ? '' : `<p role="alert">${escapeHtml(text)}</p>\n`;
}

/** The page that asks who it is. */
export function signInPage(
  action: string,
  options: { readonly email?: string; readonly problem?: string; readonly offersCode?: boolean } = {},
): string {
  const { email = '', problem, offersCode = false } = options;
  return page(
    'Sign in',
    `${alert(problem)}<form method="post" action="${escapeHtml(action)}">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${escapeHtml(email)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>${offersCode ? '\n<button type="submit" name="way" value="code" formnovalidate>E-mail me a code instead</button>' : ''}
</form>`,
  );
}

/** The page that asks for the code that was mailed, whether or not one was. */
export function codePage(action: string, problem?: string): string {
  return page(
    'Enter the code',
    `${alert(problem)}<p>If the address can sign in, a code of eight digits is on its way to it.</p>
<form method="post" action="${escapeHtml(action)}">
<label for="code">Code</label>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required>
<button type="submit">Sign in</button>
</form>
<p><a href="${escapeHtml(action)}">Begin again</a></p>`,
  );
}

/** The page that asks which workspace to enter. */
export function workspacePage(action: string, memberships: readonly Membership[], problem?: string): string {
  const choices = memberships.map(
    ({ tenant, workspace }, at) =>
      `<label><input type="radio" name="choice" value="${at}" required> ${escapeHtml(tenant)} / ${escapeHtml(workspace)}</label>`,
  );
  return page(
    'Choose a workspace',
    `${alert(problem)}<form method="post" action="${escapeHtml(action)}">
<fieldset><legend>Workspace</legend>
${choices.join('\n')}
</fieldset>
<button type="submit">Continue</button>
</form>`,
  );
}

/** A page that only tells something. */
export function noticePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}

/** The page that asks whether to sign out; the form is oidc-provider's own. */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}
