import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Options } from 'tsup';

const contract = join(import.meta.dirname, '../contract');

/** What the reference is made of lies elsewhere in the repository; of the package it is a part, without its 150 MB. */
const moved = [
  ['@laurel/contract/openapi/', '@laurel/server/openapi/'],
  [
    "new URL('./browser/standalone.js', import.meta.resolve('@scalar/api-reference'))",
    "new URL('../reference.js', import.meta.url)",
  ],
] as const;

const ownReference: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'own-reference',
  setup(build) {
    build.onLoad({ filter: /[\\/]local[\\/]reference\.ts$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [from, to] of moved) {
        if (!contents.includes(from)) throw new Error(`The reference has no ${from} any more.`);
        contents = contents.replace(from, to);
      }
      return { contents, loader: 'ts' };
    });
  },
};

export default defineConfig({
  // Two folders deep, as `src/local/` is: from there it finds its policies.
  entry: { 'local/index': 'src/published.ts' },
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  // The contract is not published by itself. ts-rest needs a router that is pinned by the workspace.
  noExternal: [/^@laurel\/contract/, /^@ts-rest\//, 'itty-router'],
  esbuildPlugins: [ownReference],
  dts: true,
  clean: true,
  splitting: false,
  removeNodeProtocol: false,
  sourcemap: true,
  onSuccess: async () => {
    await cp(join(contract, 'generated/openapi'), join(import.meta.dirname, 'dist/openapi'), { recursive: true });
    const scalar = import.meta.resolve('@scalar/api-reference');
    await cp(fileURLToPath(new URL('./browser/standalone.js', scalar)), join(import.meta.dirname, 'dist/reference.js'));
  },
});
