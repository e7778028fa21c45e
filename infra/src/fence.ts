import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { THROTTLE } from './tenant-api.ts';

/** How far back calls are counted, in seconds: the shortest that there is. */
const WINDOW = 60;

/**
 * The most that one address may call an API in a minute: half of what its stage takes from everybody. Strangers come as far
 * as the authorizer, so one who calls without end would use up what API Gateway and Lambda have for the tenant's own callers.
 */
const MOST = (THROTTLE.throttlingRateLimit * WINDOW) / 2;

/** By what calls are counted: the address, at each API by itself. Whoever calls for many tenants is counted at each. */
const KEYS = [{ ip: {} }, { header: { name: 'host', textTransformations: [{ priority: 0, type: 'LOWERCASE' }] } }];

/** What stands before all APIs of a region, ahead of their authorizers. */
export function createFence(scope: Construct): CfnWebACL {
  const visible = (metricName: string) => ({
    cloudWatchMetricsEnabled: true,
    metricName,
    // Samples would show headers of callers, tokens among them.
    sampledRequestsEnabled: false,
  });
  return new CfnWebACL(scope, 'Fence', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visible('fence'),
    rules: [
      {
        name: 'addresses',
        priority: 0,
        statement: {
          rateBasedStatement: {
            aggregateKeyType: 'CUSTOM_KEYS',
            customKeys: KEYS,
            evaluationWindowSec: WINDOW,
            limit: MOST,
          },
        },
        action: {
          block: {
            customResponse: { responseCode: 429, responseHeaders: [{ name: 'retry-after', value: String(WINDOW) }] },
          },
        },
        visibilityConfig: visible('fence-addresses'),
      },
    ],
  });
}
