import { hash } from 'node:crypto';
import type { NodeHandler } from './gateway.ts';
import { noticePage, page, pageHeaders } from './issuer/pages.ts';

/**
 * Accepts by the token in the page's fragment, which no server is told; it is taken out of the address first, so that it
 * stays in no history of a browser that others use as well.
 */
const script = `const given = new URLSearchParams(location.hash.slice(1));
history.replaceState(null, '', location.pathname);
const form = document.querySelector('form');
const button = form.querySelector('button');
const told = document.querySelector('[role=status]');
const [tenant, token] = [given.get('tenant'), given.get('token')];
if (!tenant || !token) {
  form.hidden = true;
  told.textContent = 'This link is not whole, or was opened before: open it as it stands in the mail.';
}
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  button.disabled = true;
  const { value } = form.elements.namedItem('password');
  try {
    const answer = await fetch('/' + encodeURIComponent(tenant) + '/dashboard/v1/invitations/accept', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, ...(value === '' ? {} : { password: value }) }),
    });
    const said = await answer.json();
    form.hidden = answer.status === 201;
    told.textContent = form.hidden
      ? 'Welcome, ' + said.email + '. You work in: ' + said.memberships.map((one) => one.workspace).join(', ') + '.'
      : said.detail;
  } catch {
    told.textContent = 'Laurel did not answer. Try again shortly.';
  }
  button.disabled = false;
});`;

const invitationPage = page(
  'Accept the invitation',
  `<form method="post">
<label for="password">A password</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="14" maxlength="256">
<p>14 characters or more. Leave it empty if you have an account: it stays as it is.</p>
<button type="submit">Accept</button>
</form>
<p role="status"></p>
<noscript><p>This page needs JavaScript, since the link keeps its secret from servers.</p></noscript>
<script>${script}</script>`,
);

const headers = pageHeaders([], `script-src 'sha256-${hash('sha256', script, 'base64')}'; connect-src 'self'`);

/** The pages that mails of the embedded platform lead to. On AWS the cell's operator says where its console is. */
export const consoleHandler: NodeHandler = async (request, response) => {
  const path = (request.url ?? '').split('?')[0];
  const isThere = path === '/console/invitations' && (request.method === 'GET' || request.method === 'HEAD');
  const text = isThere ? invitationPage : noticePage('Not found', 'There is no such page here.');
  response.writeHead(isThere ? 200 : 404, isThere ? headers : pageHeaders()).end(text);
};
