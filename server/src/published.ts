import { type LocalOptions, startPlatform as start } from './local/index.ts';

/** How a platform is started. */
export interface PlatformOptions {
  /** A folder for its data and keys, or `:memory:` for a platform that ends with the process. */
  readonly data: string;
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The game's time, RFC 3339 in UTC with milliseconds; the machine's by default. Tokens always follow the machine's. */
  readonly clock?: { now(): string };
  /** What is logged, as JSON lines; errors alone by default. */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT';
  /** How many milliseconds after each round of the scheduler comes the next; without it nothing comes due by itself. */
  readonly scheduleEvery?: number;
}

/** A workspace, by its two names. */
export interface Place {
  readonly tenant: string;
  readonly workspace: string;
}

/** A workspace to call, with a credential for it. */
export interface WorkspaceAccess {
  /** The tenant's base URL. */
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A whole platform in this process. */
export interface EmbeddedPlatform {
  /** Where it listens; a tenant's base URL is below. */
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  /** Opens the workspace where it does not exist, and makes a credential with the scopes (all of a workspace's). */
  createWorkspaceClient(place: Place, scopes?: readonly string[]): Promise<WorkspaceAccess>;
  /** Makes a credential of whoever runs the platform. */
  createPlatformClient(): Promise<WorkspaceAccess>;
  /** Ends it; what was answered is kept. */
  close(): Promise<void>;
}

/**
 * Starts the whole platform in this process: gateway, issuer, authorizers, policies, database, reference. What is
 * published of the server is this alone: what runs on AWS is deployed from the repository.
 * @throws Error with code `EADDRINUSE` where the port is taken, or where another process has the folder open
 */
export async function startPlatform(options: PlatformOptions): Promise<EmbeddedPlatform> {
  const given: LocalOptions = options;
  const { baseUrl, tokenEndpoint, createWorkspaceClient, createPlatformClient, close } = await start(given);
  return { baseUrl, tokenEndpoint, createWorkspaceClient, createPlatformClient, close };
}
