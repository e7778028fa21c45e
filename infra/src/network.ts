import { type ISecurityGroup, type IVpc, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { CacheConfig } from './config.ts';

/** A network that functions stand in. */
export interface Network {
  /** Functions stand in its private subnets. */
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
}

/** The network of a cell's cache, by its names: nothing is looked up. */
export function networkOf(scope: Construct, { vpcId, subnets, securityGroupId }: CacheConfig): Network {
  const vpc = Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId,
    availabilityZones: subnets.map(({ zone }) => zone),
    privateSubnetIds: subnets.map(({ id }) => id),
  });
  return {
    vpc,
    securityGroup: SecurityGroup.fromSecurityGroupId(scope, 'CacheClients', securityGroupId, { mutable: false }),
  };
}

/** What Lambda needs of a function's role to put the function into a network; it knows no narrower resource. */
export function networkStatements(): PolicyStatement[] {
  const actions = [
    'CreateNetworkInterface',
    'DescribeNetworkInterfaces',
    'DescribeSubnets',
    'DeleteNetworkInterface',
    'AssignPrivateIpAddresses',
    'UnassignPrivateIpAddresses',
  ];
  return [new PolicyStatement({ actions: actions.map((one) => `ec2:${one}`), resources: ['*'] })];
}
