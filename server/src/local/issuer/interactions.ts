import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InteractionResults, Provider } from 'oidc-provider';
import { verifyPassword } from '../../identity/password.ts';
import { isSlug } from '../../identity/principal.ts';
import type { Attempts } from '../../limits/attempts.ts';
import type { EmailCodes } from './email-codes.ts';
import { readForm } from './form.ts';
import { codePage, noticePage, pageHeaders, signInPage, workspacePage } from './pages.ts';
import type { Accounts, IssuerAccount, Membership } from './people.ts';
import type { IssuerStore } from './store.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type Exchange = { readonly req: IncomingMessage; readonly res: ServerResponse; readonly interaction: Interaction };

/** What the pages work with. */
interface InteractionParts {
  readonly provider: Provider;
  readonly accounts: Accounts;
  readonly store: IssuerStore;
  readonly now: () => number;
  /** The issuer's own origin, the only one whose forms are read. */
  readonly origin: string;
  /** Codes by e-mail, where there is mail. */
  readonly codes: EmailCodes | undefined;
  /** Counts the passwords that are tried. */
  readonly attempts: Attempts;
}

/** Kind of the records that say which workspace a grant is for. */
const CHOICE = 'WorkspaceChoice';

/** Says which workspace a grant is for from now on. */
export function putChoice(store: IssuerStore, grantId: string, { tenant, workspace }: Membership, expiresAt: number) {
  return store.put(CHOICE, grantId, { payload: { tenant, workspace }, expiresAt });
}

/** Which workspace a grant was made for. */
export async function choiceOf(store: IssuerStore, grantId: string | undefined): Promise<Membership | undefined> {
  const payload = grantId === undefined ? undefined : (await store.get(CHOICE, grantId))?.payload;
  return isSlug(payload?.tenant) && isSlug(payload.workspace)
    ? { tenant: payload.tenant, workspace: payload.workspace }
    : undefined;
}

/**
 * The pages between an authorization request and its code: who is it (`login`), and which workspace do they enter
 * (`consent`: to choose is to consent). They work without scripts.
 */
export function interactions(parts: InteractionParts): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const interaction = await interactionOf(parts, req, res);
    if (interaction === undefined) {
      return send(res, 400, noticePage('Sign-in expired', 'Go back to the console and sign in again.'));
    }
    if (req.method === 'GET' || req.method === 'HEAD') return show(parts, { req, res, interaction });
    if (req.method !== 'POST' || !isOwnForm(req, parts.origin)) {
      return send(res, 403, noticePage('Refused', 'The form came from elsewhere.'));
    }
    const form = await readForm(req);
    if (form === undefined) return send(res, 400, noticePage('Refused', 'The form cannot be read.'));
    const exchange = { req, res, interaction };
    if (interaction.prompt.name !== 'login') return choose(parts, exchange, form);
    if (parts.codes !== undefined && form.get('way') === 'code') return sendCode(parts, parts.codes, exchange, form);
    if (parts.codes !== undefined && form.has('code')) return takeCode(parts, parts.codes, exchange, form);
    return signIn(parts, exchange, form);
  };
}

/** Which page is in progress, by the cookie; nothing where it expired or belongs to another browser. */
async function interactionOf(
  { provider }: InteractionParts,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<Interaction | undefined> {
  try {
    const interaction = await provider.interactionDetails(req, res);
    return pathOf(req).endsWith(`/${interaction.uid}`) ? interaction : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'SessionNotFound') return undefined;
    throw error;
  }
}

function pathOf(req: IncomingMessage): string {
  return new URL(req.url ?? '/', 'http://localhost').pathname;
}

function isOwnForm(req: IncomingMessage, origin: string): boolean {
  // Under `referrer-policy: no-referrer` browsers send `Origin: null` with a form of our own page; the cookie that
  // names the interaction is SameSite=Lax, and so is missing from a form of another site.
  return req.headers.origin === undefined || req.headers.origin === 'null' || req.headers.origin === origin;
}

async function show(parts: InteractionParts, exchange: Exchange): Promise<void> {
  const { req, res, interaction } = exchange;
  if (interaction.prompt.name === 'login')
    return sendForm(exchange, 200, signInPage(pathOf(req), { offersCode: parts.codes !== undefined }));
  const offered = await offeredTo(parts, interaction);
  const [only, ...others] = offered;
  if (only === undefined) return finish(parts, exchange, denied);
  if (others.length === 0) return enter(parts, exchange, only);
  return sendForm({ res, req, interaction }, 200, workspacePage(pathOf(req), offered));
}

const denied: InteractionResults = {
  error: 'access_denied',
  error_description: 'you are not a member of such a workspace',
};

const emailIn = (form: URLSearchParams): string => (form.get('email') ?? '').trim().toLowerCase();

const TOO_MANY = 'Too many attempts: wait 15 minutes, then try again.';

/** Mails a code, and asks for it: the same page whoever has the address. */
async function sendCode(
  parts: InteractionParts,
  codes: EmailCodes,
  exchange: Exchange,
  form: URLSearchParams,
): Promise<void> {
  const { req, interaction } = exchange;
  const email = emailIn(form);
  const account = await parts.accounts.byEmail(email);
  const from = req.socket.remoteAddress ?? '';
  const isSent = await codes.send({ interaction: interaction.uid, email, account, from });
  if (isSent) return sendForm(exchange, 200, codePage(pathOf(req)));
  return sendForm(exchange, 429, signInPage(pathOf(req), { email, problem: TOO_MANY, offersCode: true }));
}

async function takeCode(
  parts: InteractionParts,
  codes: EmailCodes,
  exchange: Exchange,
  form: URLSearchParams,
): Promise<void> {
  const action = pathOf(exchange.req);
  const checked = await codes.check(exchange.interaction.uid, form.get('code') ?? '');
  switch (checked.kind) {
    case 'right':
      return finish(parts, exchange, { login: { accountId: checked.accountId, amr: ['otp'], remember: false } });
    case 'wrong':
      return sendForm(exchange, 422, codePage(action, 'That is not the code.'));
    case 'over': {
      const problem = 'The code is not good any more: ask for another one.';
      return sendForm(exchange, 422, signInPage(action, { problem, offersCode: true }));
    }
  }
}

async function signIn(parts: InteractionParts, exchange: Exchange, form: URLSearchParams): Promise<void> {
  const email = emailIn(form);
  const offersCode = parts.codes !== undefined;
  const action = pathOf(exchange.req);
  const attempt = await parts.attempts.begin('password', email, exchange.req.socket.remoteAddress);
  if (typeof attempt === 'number') {
    return sendForm(exchange, 429, signInPage(action, { email, problem: TOO_MANY, offersCode }));
  }
  const account = await accountFor(parts.accounts, email, form.get('password') ?? '');
  if (account === undefined) {
    const problem = 'The e-mail or the password is wrong.';
    return sendForm(exchange, 422, signInPage(action, { email, problem, offersCode }));
  }
  await attempt.succeeded();
  return finish(parts, exchange, { login: { accountId: account.id, remember: false } });
}

async function accountFor(accounts: Accounts, email: string, password: string): Promise<IssuerAccount | undefined> {
  const account = await accounts.byEmail(email);
  const isRight = await verifyPassword(password, account?.passwordHash);
  return isRight ? account : undefined;
}

async function choose(parts: InteractionParts, exchange: Exchange, form: URLSearchParams): Promise<void> {
  const offered = await offeredTo(parts, exchange.interaction);
  const chosen = /^\d{1,4}$/.test(form.get('choice') ?? '') ? offered[Number(form.get('choice'))] : undefined;
  if (chosen !== undefined) return enter(parts, exchange, chosen);
  return sendForm(exchange, 422, workspacePage(pathOf(exchange.req), offered, 'Choose one of these workspaces.'));
}

/**
 * The memberships of whoever signed in, as far as the request narrows them by `tenant` and `workspace`; where they have
 * none in the tenant that is named, it may take them by their e-mail's domain.
 */
async function offeredTo({ accounts }: InteractionParts, interaction: Interaction): Promise<readonly Membership[]> {
  const { session, params } = interaction;
  const account = session ? await accounts.byId(session.accountId) : undefined;
  const known = (account?.memberships ?? []).filter((membership) => fits(membership, params));
  const { tenant, workspace } = params;
  if (account === undefined || known.length > 0 || !isSlug(tenant)) return known;
  const asked = { tenant, workspace: isSlug(workspace) ? workspace : undefined };
  const welcomed = await accounts.welcome?.(account.id, asked);
  return welcomed === undefined || !fits(welcomed, params) ? [] : [welcomed];
}

/** Whether a workspace is one that an authorization request allows. */
export function fits(membership: Membership, params: Readonly<Record<string, unknown>>): boolean {
  const { tenant = membership.tenant, workspace = membership.workspace } = params;
  return tenant === membership.tenant && workspace === membership.workspace;
}

async function enter(parts: InteractionParts, exchange: Exchange, chosen: Membership): Promise<void> {
  const { provider, store, now } = parts;
  const { session, params } = exchange.interaction;
  if (session === undefined || typeof params.client_id !== 'string') return finish(parts, exchange, denied);
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope('openid');
  const grantId = await grant.save();
  const expiresAt = now() + grant.remainingTTL * 1000;
  await putChoice(store, grantId, chosen, expiresAt);
  return finish(parts, exchange, { consent: { grantId } });
}

async function finish({ provider }: InteractionParts, exchange: Exchange, result: InteractionResults): Promise<void> {
  await provider.interactionFinished(exchange.req, exchange.res, result);
}

function sendForm({ res, interaction }: Exchange, status: number, html: string): void {
  const target = URL.parse(String(interaction.params.redirect_uri))?.origin;
  send(res, status, html, target === undefined ? [] : [target]);
}

function send(res: ServerResponse, status: number, html: string, formTargets: readonly string[] = []): void {
  res.writeHead(status, pageHeaders(formTargets)).end(html);
}
