// Civil stamps a second: what each event pays for each zone that it is counted in.
import { civilStamp } from '../src/calendar/civil.ts';

const STAMPS = 400_000;
const zones = ['Europe/Rome', 'America/New_York', 'Asia/Kathmandu', 'UTC'];
const START = Date.UTC(2016, 0, 1);
const TEN_YEARS = 10 * 365 * 86_400_000;

/** Instants of ten years, in order, and the same shuffled (by a step that is prime to their number). */
const instants = Array.from({ length: STAMPS / zones.length }, (_, index) =>
  new Date(START + Math.floor((index * TEN_YEARS * zones.length) / STAMPS)).toISOString(),
);
const orders = {
  'in order': instants,
  shuffled: instants.map((_, index) => instants[(index * 54_773) % instants.length] ?? ''),
};

for (const [name, list] of Object.entries(orders)) {
  const started = performance.now();
  let sum = 0;
  for (const instant of list) for (const zone of zones) sum += civilStamp(instant, zone).dayNumber;
  const seconds = (performance.now() - started) / 1000;
  console.log(`${name}: ${Math.round(STAMPS / seconds).toLocaleString('en')} stamps a second (sum ${sum})`);
}
