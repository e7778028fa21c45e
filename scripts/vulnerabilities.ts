// Asks the registry's advisories about every package of the lockfile. Known vulnerabilities fail, but for those of
// `vulnerability-exceptions.json`; where no advisories can be asked it says so, and that is all that it says.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A known vulnerability that is lived with: why, and until when. */
interface Exception {
  readonly advisory: string;
  readonly package: string;
  readonly reason: string;
  /** The last day, such as `2027-01-31`. */
  readonly until: string;
}

/** An advisory, as pnpm tells it. */
interface Advisory {
  readonly github_advisory_id?: string;
  readonly id: number;
  readonly module_name: string;
  readonly severity: string;
  readonly title: string;
  readonly url: string;
  readonly findings: readonly { readonly version: string; readonly paths: readonly string[] }[];
}

/** What pnpm says where nobody could be asked: the registry does not have it, or is out of reach. */
const OUT_OF_REACH =
  /ERR_PNPM_AUDIT|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_PNPM_META_FETCH_FAIL|fetch failed/;

function readExceptions(): readonly Exception[] {
  const file =
    process.env.LAUREL_VULNERABILITY_EXCEPTIONS ??
    fileURLToPath(new URL('vulnerability-exceptions.json', import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** What pnpm answers; nothing where no advisories could be asked. */
function askAdvisories(): readonly Advisory[] | undefined {
  const { stdout, stderr } = spawnSync('npx', ['--yes', PNPM, 'audit', '--json'], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout.trimStart().startsWith('{')) {
    const { advisories }: { advisories?: Readonly<Record<string, Advisory>> } = JSON.parse(stdout);
    if (advisories !== undefined) return Object.values(advisories);
  }
  const said = `${stdout}\n${stderr}`;
  if (OUT_OF_REACH.test(said)) return undefined;
  throw new Error(`pnpm audit said what is not understood:\n${said.slice(0, 2000)}`);
}

const nameOf = ({ github_advisory_id: name, id }: Advisory): string => name ?? String(id);

/** All that is wrong, one line each. */
function faultsOf(advisories: readonly Advisory[], exceptions: readonly Exception[], today: string): string[] {
  const isFor = (advisory: Advisory) => (exception: Exception) =>
    exception.advisory === nameOf(advisory) && exception.package === advisory.module_name;
  const expired = exceptions.filter(({ until }) => until < today);
  return [
    ...advisories
      .filter((advisory) => !exceptions.some(isFor(advisory)))
      .map((advisory) => {
        const { module_name: name, severity, title, url, findings } = advisory;
        const places = findings.map(({ version, paths }) => `${version} by ${paths[0] ?? '?'}`).join('; ');
        return `${severity}: ${name} (${places}): ${title} ${url}`;
      }),
    ...expired.map(({ advisory, until }) => `the exception for ${advisory} ended on ${until}`),
    ...exceptions
      .filter((exception) => !advisories.some((advisory) => isFor(advisory)(exception)))
      .map(({ advisory }) => `the exception for ${advisory} is for nothing any more`),
  ];
}

const exceptions = readExceptions();
const advisories = askAdvisories();
if (advisories === undefined) {
  process.stdout.write(
    'NOT ASKED: this registry answers no questions about advisories. Nothing is known either way.\n',
  );
} else {
  const faults = faultsOf(advisories, exceptions, new Date().toISOString().slice(0, 10));
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  process.stdout.write(`${advisories.length} advisories, ${exceptions.length} exceptions\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
