import { UsageError } from '../core/errors.ts';
import { isObject } from '../core/object.ts';

/** A workspace and its tenant. */
interface Place {
  readonly tenant: string;
  readonly workspace: string;
}

/** A credential, and where it is good. */
export interface Access {
  readonly baseUrl: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the SDK uses of a platform in this process. */
export interface Platform {
  createWorkspaceClient(place: Place): Promise<Access>;
  createPlatformClient(): Promise<Access>;
  close(): Promise<void>;
}

/** What the SDK uses of `@laurel/server/local`. */
interface PlatformModule {
  startPlatform(options: {
    readonly data: string;
    readonly port: number;
    readonly clock: { now(): string };
    readonly logLevel: 'SILENT' | 'ERROR';
  }): Promise<Platform>;
}

function isPlatformModule(value: unknown): value is PlatformModule {
  return isObject(value) && 'startPlatform' in value && typeof value.startPlatform === 'function';
}

/** Not written where it is imported, so that no bundler follows it: mock handlers are for browsers too. */
const PACKAGE = '@laurel/server/local';

/**
 * Loads the platform, which is a package of its own.
 * @throws UsageError if it is not installed, or does not run here
 */
export async function loadPlatform(): Promise<PlatformModule> {
  const loaded: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ PACKAGE).catch((cause: unknown) => {
    throw new UsageError(
      'createTestServer runs the platform itself: npm install -D @laurel/server, on Node 22.13 or later.',
      { cause },
    );
  });
  if (isPlatformModule(loaded)) return loaded;
  throw new UsageError('The installed @laurel/server is not one that this SDK knows: install the newest of both.');
}
