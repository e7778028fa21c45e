import { type App, Validations } from 'aws-cdk-lib';

/** A finding of cdk-nag that is as it should be. */
export interface Acknowledgement {
  /** Which constructs, by their path; nothing else is excused. */
  readonly at: RegExp;
  /** The rule, with the finding where it has one. `$1` is the group of `at`. */
  readonly id: string;
  readonly reason: string;
}

/** Every exception from AwsSolutions; a test fails where one is no longer needed. */
export const acknowledged: readonly Acknowledgement[] = [
  {
    at: /-region\/GatewayLogs\/Resource$/,
    id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason:
      'API Gateway demands this very policy, or its equal, of the role that an account gives it; it serves logs alone.',
  },
  {
    at: /-scheduler\/Scheduler\/Role\/DefaultPolicy\/Resource$/,
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:eu-west-1:<AWS::AccountId>:secret:laurel/eu/*/sealing-??????]',
    reason:
      'It delivers the webhooks of all tenants, by secrets that each tenant has its own seal for; nobody calls it, and it takes no input.',
  },
  {
    at: /-(?:stream\/Telling|ranks\/Ranking)\/Missed\/Resource$/,
    id: 'AwsSolutions-SQS3',
    reason: 'It is itself where what failed is named; nothing reads from it but people.',
  },
  {
    at: /\/Role\/(?:DefaultPolicy|OverflowPolicy\d+)\/Resource$/,
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'Lambda puts a function into a network by these very rights of its role, and knows no narrower resource.',
  },
  {
    at: /-scheduler\/Scheduler\/Role\/DefaultPolicy\/Resource$/,
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:eu-west-1:<AWS::AccountId>:secret:laurel/eu/*/pseudonyms-??????]',
    reason: 'It leaves records of what it does to the players of all tenants, whom it names by pseudonyms.',
  },
  {
    at: /-audit\/Bucket\/Resource$/,
    id: 'AwsSolutions-S1',
    reason:
      "Who reads or puts its objects is for CloudTrail's data events, which an account turns on; server access logs would need a bucket without a lock.",
  },
  {
    at: /-audit\/Sealer\/Role\/DefaultPolicy\/Resource$/,
    id: 'AwsSolutions-IAM5[Resource::<Bucket83908E77.Arn>/*]',
    reason: 'It puts blocks of all tenants, each under a name that it makes anew; it can neither read nor delete.',
  },
  {
    at: /-tenant-([a-z0-9-]+)\/Api\/Role\/(?:DefaultPolicy|OverflowPolicy\d+)\/Resource$/,
    id: 'AwsSolutions-IAM5[Resource::laurel-eu-audit:ExportsOutputFnGetAttBucket83908E77Arn063C8555/$1/*]',
    reason: "It reads what is sealed of its own tenant, which stands under the tenant's name.",
  },
  {
    at: /-tenant-[a-z0-9-]+\/PseudonymSecret\/Resource$/,
    id: 'AwsSolutions-SMG4',
    reason: 'With another secret nobody could tell any more that two records are about the same person.',
  },
  {
    at: /-tenant-[a-z0-9-]+\/CursorSecret\/Resource$/,
    id: 'AwsSolutions-SMG4',
    reason:
      'Rotating it ends every list that is being read, and a running function would go on with the old one. It is replaced by hand, with a deployment, when it may be known.',
  },
  {
    at: /-tenant-[a-z0-9-]+\/SealingSecret\/Resource$/,
    id: 'AwsSolutions-SMG4',
    reason:
      'What it sealed cannot be read without it: to replace it, every webhook needs a new secret of its own first.',
  },
  {
    at: /-tenant-[a-z0-9-]+\/Gateway\/Api\/Resource$/,
    id: 'AwsSolutions-APIG2',
    reason: "The server validates every request by the contract's own schemas, which API Gateway's import cannot read.",
  },
];

/** What is excused of a construct, by its path; nothing where it is another's exception. */
export function idAt({ at, id }: Acknowledgement, path: string): string | undefined {
  const found = at.exec(path);
  return found === null ? undefined : id.replace('$1', found[1] ?? '');
}

/** Tells the app's validation what is acknowledged. */
export function acknowledge(app: App, list: readonly Acknowledgement[] = acknowledged): void {
  for (const construct of app.node.findAll()) {
    for (const one of list) {
      const id = idAt(one, construct.node.path);
      if (id !== undefined) Validations.of(construct).acknowledge({ id: `AwsSolutions::${id}`, reason: one.reason });
    }
  }
}
