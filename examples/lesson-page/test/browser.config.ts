import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import everyday from '../../../vitest.config.ts';

/** The page in a real browser: Debian's Chromium, or the one that LAUREL_CHROMIUM names. */
export default defineConfig({
  ...everyday,
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: { ...everyday.test, include: ['examples/*/test/**/*.browser.ts'] },
});
