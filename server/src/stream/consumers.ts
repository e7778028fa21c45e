import { analyticsConsumer } from '../analytics/consumer.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { StreamConsumer } from '../ports/stream.ts';
import type { Table } from '../store/table.ts';
import { teamConsumer } from '../teams/consumer.ts';
import { usageConsumer } from '../usage/consumer.ts';
import { webhookConsumer } from '../webhooks/consumer.ts';

/** Everybody who follows the table, each under its own name: the one list. Whoever projects something adds a line. */
export function streamConsumers(table: Table, clock: Clock = systemClock): readonly StreamConsumer[] {
  return [webhookConsumer(table), analyticsConsumer(table), teamConsumer(table, clock), usageConsumer(table)];
}
