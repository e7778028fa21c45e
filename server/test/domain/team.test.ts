import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  captainsAfterJoin,
  captainsAfterLeave,
  captainsWith,
  fittingAttributes,
  type Membership,
  notBefore,
  teamAt,
} from '../../src/domain/index.ts';

const instant = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** A life of changes: at each second, the team that the player goes into, or null where they leave; what they do. */
const lives = fc.array(fc.constantFrom('a', 'b', null, 'stay'), { maxLength: 40 });

/** The memberships of a life, kept as the store keeps them; and the team of each second, kept as a plain list. */
function lived(life: readonly (string | null)[]) {
  const memberships: Membership[] = [];
  const teams: (string | null)[] = [];
  let current: string | null = null;
  for (const [second, what] of life.entries()) {
    if (what !== 'stay' && what !== current) {
      const last = memberships.at(-1);
      if (last?.leftAt === null) memberships[memberships.length - 1] = { ...last, leftAt: instant(second) };
      if (what !== null) {
        memberships.push({ team: what, member: `m${second}`, joinedAt: instant(second), leftAt: null });
      }
      current = what;
    }
    teams.push(current);
  }
  return { memberships, teams };
}

describe('the team at a moment', () => {
  test('is the one that the player was in, whatever the order in which memberships are given', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const { memberships, teams } = lived(life);
        const asked = teams.map((_, second) => teamAt(memberships.toReversed(), instant(second)));
        expect(asked).toEqual(teams);
        expect(teamAt(memberships, instant(-1))).toBeNull();
      }),
    );
  });

  test('is the new one from the first moment in it, and none from the moment of leaving', () => {
    const memberships = [
      { team: 'a', member: '1', joinedAt: instant(1), leftAt: instant(2) },
      { team: 'z', member: '2', joinedAt: instant(2), leftAt: instant(2) },
      { team: 'b', member: '3', joinedAt: instant(2), leftAt: instant(3) },
    ];
    expect([0, 1, 2, 3].map((second) => teamAt(memberships, instant(second)))).toEqual([null, 'a', 'b', null]);
  });

  test('never goes back, though clocks may', () => {
    expect(notBefore(instant(1), instant(2))).toBe(instant(2));
    expect(notBefore(instant(3), instant(2))).toBe(instant(3));
    expect(notBefore(instant(3), null)).toBe(instant(3));
  });
});

describe('captains', () => {
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom('join', 'leave', 'captain', 'member'),
      who: fc.nat({ max: 5 }).map((index) => `m${index}`),
    }),
  );

  test('are members, and one is there wherever members are', () => {
    fc.assert(
      fc.property(steps, (life) => {
        const members: string[] = [];
        let captains: readonly string[] = [];
        for (const { kind, who } of life) {
          const isIn = members.includes(who);
          if (kind === 'join' && !isIn) {
            members.push(who);
            captains = captainsAfterJoin(captains, who);
          } else if (kind === 'leave' && isIn) {
            members.splice(members.indexOf(who), 1);
            captains = captainsAfterLeave(captains, who, members[0]);
          } else if ((kind === 'captain' || kind === 'member') && isIn) {
            const changed = captainsWith(captains, who, kind);
            if (typeof changed !== 'string') captains = changed;
          }
          expect(captains.every((captain) => members.includes(captain))).toBe(true);
          expect(captains.length > 0).toBe(members.length > 0);
          expect(new Set(captains).size).toBe(captains.length);
        }
      }),
    );
  });

  test('are never too many, and the last one stays', () => {
    const ten = Array.from({ length: 10 }, (_, index) => `m${index}`);
    expect(captainsWith(ten, 'm10', 'captain')).toBe('too_many');
    expect(captainsWith(ten, 'm3', 'captain')).toBe(ten);
    expect(captainsWith(['m1'], 'm1', 'member')).toBe('last_one');
    expect(captainsWith(['m1', 'm2'], 'm1', 'member')).toEqual(['m2']);
  });
});

test('attributes that conditions see are of the declared types, and all that are', () => {
  const types = ['string', 'integer', 'number', 'boolean'] as const;
  const names = fc.constantFrom('a', 'b', 'c', 'constructor', '__proto__');
  const values = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.boolean());
  const isOf = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean' } as const;
  fc.assert(
    fc.property(
      fc.dictionary(names, values),
      fc.dictionary(names, fc.record({ type: fc.constantFrom(...types) })),
      (attributes, declared) => {
        const seen = fittingAttributes(attributes, declared);
        for (const [name, value] of Object.entries(attributes)) {
          const type = Object.hasOwn(declared, name) ? declared[name]?.type : undefined;
          const fits =
            type !== undefined &&
            typeof value === isOf[type] &&
            (type !== 'integer' || (typeof value === 'number' && Number.isSafeInteger(value)));
          expect(Object.hasOwn(seen, name), name).toBe(fits);
        }
        expect(fittingAttributes(attributes, null)).toBe(attributes);
      },
    ),
  );
});
