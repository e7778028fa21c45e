import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import everyday from '../../../vitest.config.ts';
import { cuts } from './cuts.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { LAUREL_CUT: name } = process.env;

/** Takes one thing out of the sources as they are loaded. */
const oneCut: Plugin = {
  name: 'laurel-cut',
  enforce: 'pre',
  transform(code, id) {
    const cut = cuts.find((one) => one.name === name);
    if (cut === undefined || resolve(root, cut.file) !== id) return undefined;
    if (code.split(cut.find).length !== 2) throw new Error(`${cut.name}: it is not written once in ${cut.file}`);
    return code.replace(cut.find, () => cut.put);
  },
};

/** A suite over sources from which something is missing: it must fail. */
export default defineConfig({
  ...everyday,
  plugins: [oneCut],
  root,
  test: {
    ...everyday.test,
    // What is kept of one run would be found by the next, which is cut elsewhere, and by tests of what is whole.
    fsModuleCache: false,
  },
});
