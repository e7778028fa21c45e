import { defineConfig } from 'tsup';

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/server.ts',
    'src/live.ts',
    'src/errors.ts',
    'src/auth.ts',
    'src/offline.ts',
    'src/webhooks.ts',
    'src/react.ts',
    'src/react-server.ts',
    'src/testing.ts',
  ],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  // Small enough to be carried along: the package has one dependency, and live streams alone need this.
  noExternal: ['eventsource-parser'],
  dts: true,
  clean: true,
  // One copy of the errors for both entries, so that `instanceof` holds across them.
  splitting: true,
  // The sources are published beside it.
  sourcemap: true,
});
