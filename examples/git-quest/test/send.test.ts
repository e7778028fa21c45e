import { describe, expect, it } from 'vitest';
import type { Commit } from '../src/history.ts';
import { type EventSender, sendHistory } from '../src/send.ts';

type Body = Parameters<EventSender['events']['trackBatch']>[0];
type Sending = Body['events'][number];
type Receipt = Awaited<ReturnType<EventSender['events']['trackBatch']>>;
type Problem = Extract<Receipt['items'][number], { status: 'rejected' }>['problem'];

const NOW = 1_800_000_000;

/** A platform that only remembers; `refuse` says why it will not have an event. */
function memory(refuse: (event: Sending, sends: number) => Problem['code'] | undefined = () => undefined) {
  const counted: Sending[] = [];
  const batches: number[] = [];
  const sends = new Map<string | undefined, number>();
  let inFlight = 0;
  let most = 0;
  const sender: EventSender = {
    events: {
      async trackBatch({ events }: Body): Promise<Receipt> {
        batches.push(events.length);
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise(setImmediate);
        inFlight -= 1;
        const items = events.map((event): Receipt['items'][number] => {
          const times = (sends.get(event.id) ?? 0) + 1;
          sends.set(event.id, times);
          const code = refuse(event, times);
          if (code !== undefined) return { status: 'rejected', problem: problem(code) };
          counted.push(event);
          return { status: 'accepted', receipt: receiptOf(event) };
        });
        const accepted = items.filter((item) => item.status === 'accepted').length;
        return { accepted, rejected: items.length - accepted, items };
      },
    },
  };
  return { sender, counted, batches, most: () => most };
}

function problem(code: Problem['code']): Problem {
  return { type: 'about:blank', title: code, status: 409, code, detail: 'because', instance: '/', requestId: 'req_1' };
}

function receiptOf(event: Sending) {
  const occurredAt = event.occurredAt ?? '';
  const { id = '', activity } = event;
  return {
    event: {
      id,
      activity,
      userId: 'usr_1',
      occurredAt,
      receivedAt: occurredAt,
      value: 1,
      attributes: {},
      voidedAt: null,
      limited: false,
    },
    effects: {
      progress: [],
      missionsCompleted: [],
      rewards: [],
      withheld: [],
      clipped: [],
      ledger: [],
      streaks: [],
      scores: [],
      badges: [],
      levels: [],
    },
  };
}

async function* history(amount: number, players = 7): AsyncGenerator<Commit> {
  for (let index = 0; index < amount; index++) {
    const player = (index % players).toString(16).repeat(16);
    yield { hash: index.toString(16).padStart(40, '0'), player, authoredAt: index * 1000 };
  }
}

async function* only(...commits: Commit[]): AsyncGenerator<Commit> {
  yield* commits;
}

const commit = (authoredAt: number | null, hash = 'a'.repeat(40)): Commit => ({
  hash,
  player: '0'.repeat(16),
  authoredAt,
});

describe('sendHistory', () => {
  it('sends each commit as an event with its hash, its player and its time', async () => {
    const { sender, counted } = memory();
    await sendHistory(sender, only(commit(-86_400)));
    expect(counted).toEqual([
      {
        id: 'a'.repeat(40),
        activity: 'commit',
        externalUserId: '0'.repeat(16),
        occurredAt: '1969-12-31T00:00:00.000Z',
      },
    ]);
  });

  it('sends a long history once, in batches of at most 500, four at once, each player in order', async () => {
    const { sender, counted, batches, most } = memory();
    const progress: number[] = [];
    expect(await sendHistory(sender, history(5001), (done) => progress.push(done))).toEqual({
      events: 5001,
      skipped: [],
    });
    expect(new Set(counted.map((event) => event.id)).size).toBe(5001);
    expect(Math.max(...batches)).toBeLessThanOrEqual(500);
    expect(most()).toBe(4);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(5001);
    for (const player of new Set(counted.map((event) => event.externalUserId))) {
      const own = counted.filter((event) => event.externalUserId === player).map((event) => event.id);
      expect(own).toEqual([...own].sort());
    }
  });

  it('sends a lone author 500 at a time, one after the other', async () => {
    const { sender, batches, most } = memory();
    await sendHistory(sender, history(1700, 1));
    expect(batches).toEqual([500, 500, 500, 200]);
    expect(most()).toBe(1);
  });

  it('asks nothing for an empty history', async () => {
    const { sender, batches } = memory();
    expect(await sendHistory(sender, history(0))).toEqual({ events: 0, skipped: [] });
    expect(batches).toEqual([]);
  });

  it('skips and names what was written in the future or at no time', async () => {
    const isFuture = (event: Sending) => Date.parse(event.occurredAt ?? '') > NOW * 1000;
    const { sender, batches } = memory((event) => (isFuture(event) ? 'time_out_of_range' : undefined));
    const [future, never, beyond] = ['f', '0', 'b'].map((digit) => digit.repeat(40));
    const sent = await sendHistory(
      sender,
      only(commit(1), commit(NOW + 1, future), commit(null, never), commit(253_402_300_800, beyond)),
    );
    expect(sent).toEqual({
      events: 1,
      skipped: [
        { hash: never, authoredAt: null, reason: 'no_time' },
        { hash: future, authoredAt: NOW + 1, reason: 'time_out_of_range' },
        { hash: beyond, authoredAt: 253_402_300_800, reason: 'time_out_of_range' },
      ],
    });
    expect(batches).toEqual([2]);
  });

  it('sends again what was refused for a moment only', async () => {
    const { sender, batches } = memory((event, sends) =>
      Number(event.id) % 2 === 1 && sends < 3 ? 'conflict' : undefined,
    );
    expect(await sendHistory(sender, history(10, 1))).toEqual({ events: 10, skipped: [] });
    expect(batches).toEqual([10, 5, 5]);
  });

  it('gives up on what stays refused, and names the commit and the reason', async () => {
    const passing = memory(() => 'conflict');
    await expect(sendHistory(passing.sender, only(commit(1)))).rejects.toThrow(
      `commit ${'a'.repeat(40)} (conflict): because`,
    );
    expect(passing.batches).toHaveLength(5);
    const lasting = memory(() => 'event_conflict');
    await expect(sendHistory(lasting.sender, only(commit(1)))).rejects.toThrow('(event_conflict)');
    expect(lasting.batches).toHaveLength(1);
  });
});
