import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts', 'src/server.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  clean: true,
  // One copy of the errors for both entries, so that `instanceof` holds across them.
  splitting: true,
  // The sources are published beside it.
  sourcemap: true,
});
