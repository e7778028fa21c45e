import { contract, routesOf } from '@laurel/contract';
import { resourcesOf, type Templates } from '../templates.ts';

const contractScopes: readonly string[] = [
  ...new Set(routesOf(contract).flatMap(({ meta }) => (meta === undefined ? [] : [meta.scope]))),
].sort();

/** What is wrong with the user pool and its clients; nothing in CDK or CloudFormation looks at these. */
export function identityFaults(templates: Templates): string[] {
  return [...poolFaults(templates), ...clientFaults(templates), ...scopeFaults(templates)];
}

function poolFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::Cognito::UserPool').flatMap(({ resource }) => {
    const { UserPoolTier, LambdaConfig, AdminCreateUserConfig } = resource.Properties;
    const version = LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion;
    return [
      ...(version === 'V3_0' ? [] : ["machines' tokens are not customised"]),
      ...(UserPoolTier === 'ESSENTIALS' || UserPoolTier === 'PLUS' ? [] : ['the plan has no trigger of version V3_0']),
      ...(AdminCreateUserConfig.AllowAdminCreateUserOnly ? [] : ['anybody can sign up']),
    ];
  });
}

function clientFaults(templates: Templates): string[] {
  return resourcesOf(templates, 'AWS::Cognito::UserPoolClient').flatMap(({ id, resource }) => {
    const { AllowedOAuthFlows: flows, GenerateSecret, AccessTokenValidity, WriteAttributes } = resource.Properties;
    const isMachine = flows.includes('client_credentials');
    return [
      ...(flows.length === 1 ? [] : [`${id} is a machine and a person at once`]),
      ...(flows.includes('implicit') ? [`${id} gets tokens in an address`] : []),
      ...(isMachine && GenerateSecret !== true ? [`${id} is a machine without a secret`] : []),
      ...(!isMachine && GenerateSecret === true ? [`${id} is a browser with a secret`] : []),
      ...(AccessTokenValidity !== undefined && AccessTokenValidity <= 15 ? [] : [`${id} has tokens that live long`]),
      ...(!isMachine && (WriteAttributes ?? ['custom:tenant']).some((name) => name.startsWith('custom:'))
        ? [`${id} lets people say where they work`]
        : []),
    ];
  });
}

function scopeFaults(templates: Templates): string[] {
  const servers = resourcesOf(templates, 'AWS::Cognito::UserPoolResourceServer');
  const given = servers.flatMap(({ resource }) => resource.Properties.Scopes.map(({ ScopeName }) => ScopeName)).sort();
  const granted = resourcesOf(templates, 'AWS::Cognito::UserPoolClient')
    .flatMap(({ resource }) => resource.Properties.AllowedOAuthScopes)
    .filter((scope) => scope !== 'openid');
  const known = servers.flatMap(({ resource }) => {
    const { Identifier, Scopes } = resource.Properties;
    return Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`);
  });
  return [
    ...(JSON.stringify(given) === JSON.stringify(contractScopes) ? [] : ['the scopes are not those of the contract']),
    ...granted.filter((scope) => typeof scope !== 'string' || !known.includes(scope)).map((scope) => `scope ${scope}`),
  ];
}
