import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { withCuts } from './scopes.ts';

/** Loads the store so that a scope can be taken away at each place where something is done with it. */
registerHooks({
  load(url, context, next) {
    const [, file = 'scope.ts'] = /\/server\/src\/store\/([a-z-]+\.ts)$/.exec(url) ?? [];
    if (file === 'scope.ts') return next(url, context);
    const source = withCuts(file, readFileSync(new URL(url), 'utf8'));
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});
