import type { Laurel } from '@laurel/sdk/server';
import { clockAt, type Game, laurelOf, openGame } from './world.ts';

export type Document = Awaited<ReturnType<Laurel['config']['export']>>;
export type Attributes = NonNullable<Document['userAttributes']>;

export const NOW = '2026-11-24T09:00:00.000Z';

/** Two workspaces of one tenant, both empty: from the one to the other something is promoted. */
export interface Pair {
  readonly staging: Laurel;
  readonly production: Laurel;
  /** The slug of the second. */
  readonly target: string;
}

/** A platform in which documents are promoted. */
export interface ConfigWorld {
  readonly game: Game;
  /** What hosts have an address in private networks, from a moment of a test on. */
  readonly inside: Set<string>;
  open(workspace: string, scopes?: readonly string[]): Promise<Laurel>;
  freshPair(): Promise<Pair>;
}

export async function openConfigWorld(): Promise<ConfigWorld> {
  const inside = new Set<string>();
  const resolve = async (host: string) => [inside.has(host) ? '169.254.169.254' : '93.184.215.14'];
  const game = await openGame({ clock: clockAt(NOW), destinations: { resolve, allowLoopback: true } });
  const open = async (workspace: string, scopes?: readonly string[]) =>
    laurelOf(await game.platform.createWorkspaceClient({ tenant: 'acme', workspace }, scopes));
  let cases = 0;
  return {
    game,
    inside,
    open,
    async freshPair() {
      cases += 1;
      const target = `production-${cases}`;
      return { staging: await open(`staging-${cases}`), production: await open(target), target };
    },
  };
}

export const documentOf = (parts: Partial<Document>): Document => ({
  format: 'laurel.config/1',
  definitions: {},
  ...parts,
});

export const urlOf = (path: string): string => `https://hooks.example.com${path}`;

/** Plans a document and applies the plan. */
export async function promote(document: Document, to: Laurel, how: { keepUrls?: boolean } = {}) {
  const { base } = await to.config.plan({ document, ...how });
  return to.config.apply({ document, base, ...how });
}
