import { hash } from 'node:crypto';
import {
  type Held,
  type Holding,
  heldAt,
  waitingFor,
  withHolder,
  withoutHolders,
} from '../../domain/people/allotment.ts';
import { type AllotmentKind, getAllotment, saveAllotment } from '../../store/allotments.ts';
import type { Write } from '../../store/commit.ts';
import { getLimits } from '../../store/plans.ts';
import type { Platform } from '../platform.ts';
import { ProblemError } from '../problem.ts';

/** What changing who holds something takes. */
export interface Allotting {
  readonly platform: Pick<Platform, 'table'>;
  /** Plans know no test clock. */
  readonly realNow: string;
}

const names: Readonly<Record<AllotmentKind, string>> = {
  seats: 'seats',
  workspaces: 'workspaces',
  apiClients: 'API clients',
};

/** How many invitations of one address wait at once. */
const MOST_WAITING = 3;

/** Whose a seat is: one person, however they come in. By a hash of their address, since a holding outlives what it is for. */
export function seatOf(tenant: string, email: string): string {
  return hash('sha256', JSON.stringify([tenant, email]), 'base64url');
}

/** What whoever changes who holds something of a tenant waits for, if they were not the first. */
export function allotmentQueue(tenant: string, kind: AllotmentKind): string {
  return JSON.stringify([tenant, '@', 'allotment', kind]);
}

/** Changes who holds what, if it was changed at all. */
async function changed(
  { platform, realNow }: Allotting,
  tenant: string,
  kind: AllotmentKind,
  change: (held: Held) => Held | Promise<Held>,
): Promise<Write[]> {
  const before = await getAllotment(platform.table, tenant, kind);
  const held = await change(heldAt(before.held, realNow));
  return JSON.stringify(held) === JSON.stringify(before.held)
    ? []
    : [saveAllotment(platform.table, tenant, kind, before, held)];
}

/** What one who takes something gives back at once, and whether the plan limits them. */
interface Taking {
  readonly instead?: readonly string[];
  readonly unlimited?: boolean;
}

/** Takes one of what the plan allows. @throws ProblemError `plan_limit_reached`, `unprocessable` */
export function take(
  allotting: Allotting,
  tenant: string,
  kind: AllotmentKind,
  holder: string,
  holding: Holding,
  { instead = [], unlimited = false }: Taking = {},
): Promise<Write[]> {
  return changed(allotting, tenant, kind, async (held) => {
    if (holding.until !== null && waitingFor(held, holding.of, holder) >= MOST_WAITING)
      throw new ProblemError(
        'unprocessable',
        `${MOST_WAITING} invitations of this address wait already: send one of them again, or revoke one.`,
      );
    const { [kind]: limit } = await getLimits(allotting.platform.table, tenant);
    const most = unlimited ? Number.POSITIVE_INFINITY : limit;
    const next = withHolder(held, holder, holding, most, instead);
    if (next !== undefined) return next;
    throw new ProblemError(
      'plan_limit_reached',
      `The plan allows ${limit} ${names[kind]}, and all of them are in use. Free one, or ask for a larger plan.`,
    );
  });
}

/** Gives back what some held. */
export function giveBack(
  allotting: Allotting,
  tenant: string,
  kind: AllotmentKind,
  holders: readonly string[],
): Promise<Write[]> {
  return changed(allotting, tenant, kind, (held) => withoutHolders(held, holders));
}
