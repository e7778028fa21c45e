import type { Mission } from '@laurel/contract/types';
import { missionFaults, rewardingActivity } from '../domain/index.ts';
import { userShapeOf } from '../expressions/index.ts';
import type { Rulebook } from '../store/definitions.ts';
import { type StatedCondition, statedCondition, statedExpression } from './conditions.ts';
import type { DefinitionType, Reference } from './definition-type.ts';
import { rewardReferences, rewardsInUtc, statedAmounts } from './promises.ts';

/** What is particular to missions. */
export const missionType: DefinitionType<'missions'> = {
  kind: 'missions',
  idKind: 'mission',
  build: (body, managed) => ({ ...body, rewards: rewardsInUtc(body.rewards), ...managed }),
  conditions: conditionsOf,
  faults: missionFaults,
  references: (mission) => [
    ...mission.steps.flatMap((step, index) => namedBy(step, `/steps/${index}`)),
    ...(mission.prerequisites ?? []).flatMap((one, index) => namedBy(one, `/prerequisites/${index}`)),
    ...startReferences(mission),
    ...rewardReferences(mission.rewards),
  ],
};

/** What a step or a prerequisite can name. */
interface Naming {
  readonly activity?: string | undefined;
  readonly mission?: string | undefined;
  readonly badge?: string | undefined;
  readonly level?: { readonly track: string } | undefined;
}

function namedBy({ activity, mission, badge, level }: Naming, pointer: string): Reference[] {
  return [
    ...(activity === undefined ? [] : [{ pointer: `${pointer}/activity`, kind: 'activities' as const, id: activity }]),
    ...(mission === undefined ? [] : [{ pointer: `${pointer}/mission`, kind: 'missions' as const, id: mission }]),
    ...(badge === undefined ? [] : [{ pointer: `${pointer}/badge`, kind: 'badges' as const, id: badge }]),
    ...(level === undefined
      ? []
      : [{ pointer: `${pointer}/level/track`, kind: 'levelTracks' as const, id: level.track }]),
  ];
}

/** What says who can start it, and what starts it. */
function startReferences({ audience, assignment }: Mission): Reference[] {
  const byEvent = assignment?.kind === 'event' ? namedBy(assignment, '/assignment') : [];
  if (audience === undefined || 'condition' in audience) return byEvent;
  return [{ pointer: '/audience/segment', kind: 'segments', id: audience.segment }, ...byEvent];
}

function conditionsOf(mission: Mission, rulebook: Rulebook): StatedCondition[] {
  const { steps, audience, assignment, rewards } = mission;
  const { userAttributes } = rulebook;
  const ofSteps = steps.flatMap(({ condition, activity, adds, target }, index) => [
    ...statedCondition(rulebook, `/steps/${index}/condition`, condition, activity),
    ...(typeof adds === 'string'
      ? []
      : statedExpression(rulebook, `/steps/${index}/adds/expression`, adds.expression, activity, 'amount')),
    ...(typeof target === 'number' ? [] : statedTarget(rulebook, `/steps/${index}/target/expression`, target)),
  ]);
  const ofAudience =
    audience !== undefined && 'condition' in audience
      ? [{ pointer: '/audience/condition', text: audience.condition, shape: userShapeOf(userAttributes) }]
      : [];
  const ofStart =
    assignment?.kind === 'event'
      ? statedCondition(rulebook, '/assignment/condition', assignment.condition, assignment.activity)
      : [];
  const ofRewards = statedAmounts(rulebook, rewards, rewardingActivity(mission));
  return [...ofSteps, ...ofAudience, ...ofStart, ...ofRewards];
}

/** A target is worked out with whatever starts a progress, so that nothing is known of its event. */
function statedTarget(
  rulebook: Rulebook,
  pointer: string,
  { expression }: { readonly expression: string },
): StatedCondition[] {
  return statedCondition(rulebook, pointer, expression, undefined).map((one) => ({ ...one, kind: 'amount' as const }));
}
