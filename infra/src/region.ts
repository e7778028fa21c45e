import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { createFence } from './fence.ts';

/** What a region has once, whatever the number of tenants: the role by which API Gateway writes logs, and the fence of all APIs. */
export class RegionStack extends Stack {
  /** The web ACL before every API, by its ARN. */
  readonly fence: string;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const role = new Role(this, 'GatewayLogs', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    new CfnAccount(this, 'Gateway', { cloudWatchRoleArn: role.roleArn });
    this.fence = createFence(this).attrArn;
  }
}
