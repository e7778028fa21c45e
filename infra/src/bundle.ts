import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AssetHashType } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { buildSync, type Metafile } from 'esbuild';

const require = createRequire(import.meta.url);

/** The entry points of `server/src/lambda`. */
export type Entry =
  | 'api'
  | 'audit-collector'
  | 'audit-sealer'
  | 'authorizer'
  | 'live'
  | 'pre-token'
  | 'ranks'
  | 'schedule'
  | 'stream';

const entryFile = (entry: Entry): string => require.resolve(`@laurel/server/lambda/${entry}`);

/** The folder of the policies: the one copy that the server, its tests and Verified Permissions read. */
export const POLICIES: string = join(dirname(entryFile('api')), '..', '..', 'policies');

/**
 * What a CommonJS package finds in scope: some of the server's packages are, and the bundle is an ES module. Cedar's
 * reads its WebAssembly from the file beside it.
 */
const COMMONJS = [
  "import { createRequire as laurelRequire } from 'node:module';",
  'const require = laurelRequire(import.meta.url);',
  'const __dirname = import.meta.dirname;',
  'const __filename = import.meta.filename;',
].join('\n');

/**
 * Makes the folder of a function: `index.mjs` with all that it imports, the AWS SDK included, so that what was tested
 * is what runs; and beside those that admit callers the policies and the engine that decides by them.
 * @returns what went into it
 */
export function bundle(entry: Entry, folder: string): Metafile {
  mkdirSync(folder, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: [entryFile(entry)],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    conditions: ['@laurel/source', 'module'],
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'external',
    banner: { js: COMMONJS },
    logLevel: 'error',
    metafile: true,
  });
  if (entry !== 'api' && entry !== 'live') return metafile;
  cpSync(POLICIES, join(folder, 'policies'), { recursive: true });
  const cedar = dirname(require.resolve('@cedar-policy/cedar-wasm/nodejs'));
  copyFileSync(join(cedar, 'cedar_wasm_bg.wasm'), join(folder, 'cedar_wasm_bg.wasm'));
  return metafile;
}

/**
 * A function's code, made in this process by esbuild. `NodejsFunction` would look for a lock file and for esbuild from
 * a project root and turn to Docker where it finds none; here there is nothing to find. The image is never used: a
 * bundle that cannot be made throws.
 */
export function codeOf(entry: Entry): Code {
  return Code.fromAsset(dirname(entryFile(entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: Runtime.NODEJS_24_X.bundlingImage,
      // CDK takes two assets of one folder for the same unless their options differ, and the local bundler is not one.
      command: [entry],
      local: {
        tryBundle: (folder) => {
          bundle(entry, folder);
          return true;
        },
      },
    },
  });
}
