// Holds the public types of each entry against the report that was accepted, `{entry}.api.md`, and shows what is new in
// them. With --accept it writes the reports.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { Extractor, ExtractorConfig, ExtractorLogLevel, type IConfigFile } from '@microsoft/api-extractor';

const run = promisify(execFile);
const reports = import.meta.dirname;
const sdk = join(reports, '..');
/** The types of the contract, which most entries export, have a report of their own: each stands in one place. */
const TYPES = 'types-of-the-contract';

/** Writes the declarations of all entries, where the types of the contract are a package. */
async function declareIn(folder: string): Promise<void> {
  await run(join(sdk, '../node_modules/.bin/tsc'), ['--project', join(reports, 'tsconfig.json'), '--outDir', folder]);
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const text = await readFile(join(folder, name), 'utf8');
    await writeFile(join(folder, name), text.replace(/'[./]+(generated)?\/types\.ts'/g, `'${TYPES}'`));
  }
  const types = join(folder, 'node_modules', TYPES);
  await mkdir(types, { recursive: true });
  await writeFile(join(types, 'package.json'), JSON.stringify({ name: TYPES, types: 'index.d.ts' }));
  await writeFile(join(types, 'index.d.ts'), await readFile(join(folder, 'generated/types.d.ts')));
  await rename(join(folder, 'generated/types.d.ts'), join(folder, `${TYPES}.d.ts`));
}

/** An entry of the package: its name, and where its declarations begin. */
interface Entry {
  readonly name: string;
  readonly declarations: string;
}

/** What is asked of API Extractor for one entry: its report, and nothing else. */
function configOf(folder: string, { name, declarations }: Entry): IConfigFile {
  const mainEntryPointFilePath = join(folder, declarations);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    types: [],
  };
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  return {
    projectFolder: folder,
    mainEntryPointFilePath,
    compiler: { overrideTsconfig: { compilerOptions, files: [mainEntryPointFilePath] } },
    apiReport: {
      enabled: true,
      // Such as what `new Laurel()` takes and gives.
      includeForgottenExports: true,
      reportFolder: reports,
      reportTempFolder: join(folder, 'reports'),
      reportFileName: name,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      // A declaration that does not compile would be reported as whatever.
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: silent,
      tsdocMessageReporting: silent,
    },
  };
}

/** Whether the report of an entry is the one that was accepted; it is from now on, if `accept` says so. */
async function isAccepted(folder: string, entry: Entry, accept: boolean): Promise<boolean> {
  const config = ExtractorConfig.prepare({
    configObject: configOf(folder, entry),
    configObjectFullPath: undefined,
    packageJsonFullPath: join(sdk, 'package.json'),
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: accept,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error)
        process.stderr.write(`${message.formatMessageWithLocation(folder)}\n`);
      message.handled = message.logLevel !== ExtractorLogLevel.Error || message.category === 'console';
    },
  });
  if (errorCount > 0) throw new Error(`The declarations of ${entry.name} do not compile.`);
  if (accept || !apiReportChanged) return true;
  const name = `${entry.name}.api.md`;
  const files = [join(reports, name), join(folder, 'reports', name)];
  const { stdout } = await run('git', ['diff', '--no-index', '--no-color', ...files]).catch((diff) => diff);
  process.stdout.write(`${stdout}\n`);
  return false;
}

const accept = process.argv.includes('--accept');
const { exports } = JSON.parse(await readFile(join(sdk, 'package.json'), 'utf8'));
const entries = Object.entries<{ '@laurel/source'?: string }>(exports).flatMap(
  ([place, { '@laurel/source': source }]): Entry[] =>
    source === undefined
      ? []
      : [
          {
            name: place === '.' ? 'index' : basename(place),
            declarations: source.replace('./src/', '').replace(/\.tsx?$/, '.d.ts'),
          },
        ],
);
// Beside the sources, so that what they import is found.
const folder = await mkdtemp(join(sdk, 'dist-types-'));
try {
  await declareIn(folder);
  const changed: string[] = [];
  for (const entry of [...entries, { name: TYPES, declarations: `${TYPES}.d.ts` }]) {
    if (!(await isAccepted(folder, entry, accept))) changed.push(entry.name);
  }
  if (changed.length > 0) {
    process.stdout.write(`Public types changed: ${changed.join(', ')}. If that is meant: npm run accept:api\n`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
