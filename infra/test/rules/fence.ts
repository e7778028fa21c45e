import { resourcesOf, type Templates } from '../templates.ts';

/** The least that one address must be let: what a busy backend calls in a minute. Written down a second time. */
const LEAST = 10_000;

/** What is wrong with what stands before the APIs. */
export function fenceFaults(templates: Templates): string[] {
  const stages = resourcesOf(templates, 'AWS::ApiGateway::Stage');
  const associated = resourcesOf(templates, 'AWS::WAFv2::WebACLAssociation');
  const unfenced = stages.filter(
    ({ stack, id }) =>
      !associated.some(
        (one) => one.stack === stack && JSON.stringify(one.resource.Properties.ResourceArn).includes(id),
      ),
  );
  return [
    ...unfenced.map(({ stack, id }) => `${stack}: nothing stands before ${id}`),
    ...resourcesOf(templates, 'AWS::WAFv2::WebACL').flatMap(({ id, resource }) => {
      const { DefaultAction, Rules, VisibilityConfig } = resource.Properties;
      const throttle = Math.min(
        ...stages.flatMap(({ resource: { Properties } }) =>
          Properties.MethodSettings.map(({ ThrottlingRateLimit = 0 }) => ThrottlingRateLimit),
        ),
      );
      const counting = Rules.flatMap(({ Statement, Action }) =>
        Statement.RateBasedStatement === undefined ? [] : [{ ...Statement.RateBasedStatement, Action }],
      );
      return [
        ...(DefaultAction.Allow === undefined ? [`${id} lets nobody through`] : []),
        ...(counting.some(({ CustomKeys = [] }) => CustomKeys.some(({ IP }) => IP !== undefined))
          ? []
          : [`${id} counts no addresses`]),
        ...(counting.every(({ CustomKeys = [] }) => CustomKeys.some(({ Header }) => Header?.Name === 'host'))
          ? []
          : [`${id} counts an address for all tenants together`]),
        ...counting.flatMap(({ Limit, EvaluationWindowSec, Action }) => {
          const { ResponseCode, ResponseHeaders = [] } = Action?.Block?.CustomResponse ?? {};
          return [
            ...(Limit < EvaluationWindowSec * throttle ? [] : [`${id}: one address can use up what a stage takes`]),
            ...(Limit >= LEAST ? [] : [`${id} keeps out a busy backend`]),
            ...(ResponseCode === 429 && ResponseHeaders.some(({ Name }) => Name === 'retry-after')
              ? []
              : [`${id} does not say when to try again`]),
          ];
        }),
        ...([VisibilityConfig, ...Rules.map((rule) => rule.VisibilityConfig)].some(
          ({ SampledRequestsEnabled }) => SampledRequestsEnabled,
        )
          ? [`${id} keeps samples of requests, and tokens in them`]
          : []),
      ];
    }),
  ];
}
