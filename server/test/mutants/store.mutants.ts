import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrongClients } from '../isolation/own-clients.ts';
import { STORE, type StoreCall, storeCalls } from '../isolation/store-calls.ts';
import { createCaller } from '../isolation/store-keys.ts';
import { scopedIn } from './scopes.ts';

/** What is taken away: half of a scope, and what stands in its place. */
const halves = { tenant: 'anybody', workspace: 'anything' } as const;
type Half = keyof typeof halves;

/** Which of the places are this process's: every so many-th. */
const [lane = 0, lanes = 1] = process.argv.slice(2).map(Number);

const sites = readdirSync(STORE)
  .filter((file) => file.endsWith('.ts') && file !== 'scope.ts')
  .flatMap((file) => scopedIn(file, readFileSync(join(STORE, file), 'utf8')).map(({ site }) => site));

let cut: { readonly site: string; readonly half: Half } | undefined;
/** The places that were passed, and whether what was given there is a scope or the name of a tenant alone. */
const passed = new Map<string, 'scope' | 'tenant'>();
Reflect.set(globalThis, 'laurelScope', (site: string, given: unknown): unknown => {
  passed.set(site, typeof given === 'string' ? 'tenant' : 'scope');
  if (site !== cut?.site) return given;
  return typeof given === 'string' ? halves.tenant : { ...Object(given), [cut.half]: halves[cut.half] };
});

const caller = createCaller();
const calls = storeCalls();
/** Which calls pass a place: those are the smallest suite that must notice. */
const callsBySite = new Map<string, { readonly given: 'scope' | 'tenant'; readonly calls: StoreCall[] }>();
for (const one of calls) {
  passed.clear();
  const { strays } = await caller.call(one);
  if (strays.length > 0) throw new Error(`${one.name} names ${strays[0]}, and nothing is cut`);
  for (const [site, given] of passed) {
    const known = callsBySite.get(site) ?? { given, calls: [] };
    known.calls.push(one);
    callsBySite.set(site, known);
  }
}

/** The first thing that is wrong while something is cut: a place of somebody else that a call names, before all. */
async function firstWrong(own: readonly StoreCall[]): Promise<string | undefined> {
  for (const one of own) {
    const [stray] = (await caller.call(one)).strays;
    if (stray !== undefined) return `${one.name}: ${stray}`;
  }
  // What is held against a value instead of a key.
  const [wrong] = await wrongClients();
  return wrong;
}

let isMissed = false;
for (const [index, site] of sites.entries()) {
  if (index % lanes !== lane) continue;
  const { given, calls: own } = callsBySite.get(site) ?? { given: 'scope', calls: [] };
  for (const half of given === 'tenant' ? (['tenant'] as const) : (['tenant', 'workspace'] as const)) {
    cut = { site, half };
    const wrong = await firstWrong(own);
    cut = undefined;
    if (wrong === undefined) isMissed = true;
    const why = wrong ?? (own.length === 0 ? 'no call comes there' : `${own.length} calls named no key of others`);
    process.stdout.write(`${wrong === undefined ? '✗ SURVIVED' : '✓ died'}: ${site} without its ${half} (${why})\n`);
  }
}
process.exitCode = isMissed ? 1 : 0;
