import { parseArgs } from 'node:util';

/** An existing platform to play on, as a client of one workspace. */
export interface Target {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenEndpoint: string;
}

/** What the command line asks for. */
export interface Options {
  /** The path as it was given; undefined for the sample. */
  readonly repo: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
  /** Missing where the example starts a platform of its own. */
  readonly target: Target | undefined;
}

/** What `--help` prints. */
export const HELP = `git-quest: plays the history of a git repository as a game on Laurel.

  --repo PATH            the repository; where you stand, if it is missing
  --sample               an invented history of 300 commits instead of a repository
  --json                 one JSON object on standard output, and nothing else there
  --base-url URL         play on an existing platform: the tenant's base URL,
  --client-id ID         an API client of the workspace to play in,
  --client-secret SECRET its secret (better in the variable LAUREL_CLIENT_SECRET, which other users cannot see),
  --token-endpoint URL   and where its tokens come from. Without these, a platform is started in memory.
  --help                 this text
`;

/**
 * Reads the command line.
 *
 * @throws Error with one line for people, where an option is unknown, lacks its value, or lacks its companions.
 */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repo: { type: 'string' },
      sample: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      'base-url': { type: 'string' },
      'client-id': { type: 'string' },
      'client-secret': { type: 'string' },
      'token-endpoint': { type: 'string' },
    },
  });
  if (values.sample && values.repo !== undefined) throw new Error('Give --repo or --sample, not both.');
  if (values.repo === '') throw new Error('--repo needs a path.');
  const target = targetOf({
    baseUrl: values['base-url'],
    clientId: values['client-id'],
    clientSecret: values['client-secret'],
    tokenEndpoint: values['token-endpoint'],
    secretFromEnvironment: env.LAUREL_CLIENT_SECRET,
  });
  return { repo: values.sample ? undefined : (values.repo ?? '.'), json: values.json, help: values.help, target };
}

interface TargetParts extends Partial<Record<keyof Target, string | undefined>> {
  readonly secretFromEnvironment: string | undefined;
}

function targetOf({ baseUrl, clientId, tokenEndpoint, ...secrets }: TargetParts): Target | undefined {
  if ([baseUrl, clientId, tokenEndpoint, secrets.clientSecret].every((part) => part === undefined)) return undefined;
  const clientSecret = secrets.clientSecret ?? secrets.secretFromEnvironment;
  if (!baseUrl || !clientId || !clientSecret || !tokenEndpoint) {
    throw new Error('An existing platform needs all of --base-url, --client-id, --client-secret and --token-endpoint.');
  }
  return { baseUrl, clientId, clientSecret, tokenEndpoint };
}
