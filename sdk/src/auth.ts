/** Signing people in, an entry of its own: whoever mints tokens in a backend does not load it. */

export type { WorkspacePlace } from './core/auth/place.ts';
export { type SignIn, type SignInOptions, type SignInRequest, signInWith } from './core/auth/sign-in.ts';
export type { AuthStorage } from './core/auth/storage.ts';
export { TokenError } from './core/errors.ts';
