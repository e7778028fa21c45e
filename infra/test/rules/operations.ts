import { resourcesOf, type Templates } from '../templates.ts';

/** What would put a caller's person, or their words, into a log. */
const PERSONAL = /\$context\.(identity|path\b|requestOverride|authorizer\.(subject|principalId|claims)|domainName)/;

/** What is wrong with logs. */
export function logFaults(templates: Templates): string[] {
  return [
    ...resourcesOf(templates, 'AWS::Logs::LogGroup')
      .filter(({ resource }) => resource.Properties?.RetentionInDays === undefined)
      .map(({ id }) => `${id} keeps logs for ever`),
    ...resourcesOf(templates, 'AWS::Lambda::Function')
      .filter(({ resource }) => resource.Properties.LoggingConfig === undefined)
      .map(({ id }) => `${id} writes to a log group that Lambda makes, which keeps logs for ever`),
    ...resourcesOf(templates, 'AWS::ApiGateway::Stage').flatMap(({ id, resource }) => {
      const { AccessLogSetting, MethodSettings } = resource.Properties;
      return [
        ...(AccessLogSetting === undefined ? [`${id} has no access log`] : []),
        ...(PERSONAL.test(AccessLogSetting?.Format ?? '') ? [`${id} logs who calls`] : []),
        ...(MethodSettings.some(({ DataTraceEnabled }) => DataTraceEnabled !== false) ? [`${id} logs bodies`] : []),
      ];
    }),
  ];
}

/** A text that is long and has no words: a key, a token, a hash. */
const RANDOM = /(?=[A-Za-z0-9+/=_-]*\d)(?=[A-Za-z0-9+/=_-]*[A-Za-z])[A-Za-z0-9+/=_]{24,}/;

/** What is wrong with what functions are told. */
export function environmentFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::Lambda::Function').flatMap(({ id, resource }) =>
    Object.entries(resource.Properties.Environment.Variables).flatMap(([name, value]) => {
      const text = typeof value === 'string' ? value : '';
      const isNamedSo = /secret|password|token|credential|private/i.test(name) && !/_ARN$/.test(name);
      const isResolved = JSON.stringify(value).includes('{{resolve:');
      return isNamedSo || isResolved || RANDOM.test(text) ? [`${id} is told a secret in ${name}`] : [];
    }),
  );
}

/** What is wrong with how functions run. */
export function functionFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::Lambda::Function').flatMap(({ id, resource }) => {
    const { Runtime, Architectures } = resource.Properties;
    return [
      ...(Runtime === 'nodejs24.x' ? [] : [`${id} runs on ${Runtime}`]),
      ...(Architectures.join() === 'arm64' ? [] : [`${id} is built for ${Architectures.join()}`]),
    ];
  });
}
