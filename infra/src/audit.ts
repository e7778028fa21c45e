import type { SealerVariables } from '@laurel/server/lambda/environment';
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { itemStatements, sealerReach } from './access.ts';
import type { CellConfig } from './config.ts';
import type { DataStack } from './data.ts';
import { ServerFunction } from './functions.ts';

/** For how long nobody can take away what is sealed, where a cell says nothing else, in days. */
const RETENTION_DAYS = 400;

/**
 * Where the audit's chains are kept outside of the table, and what seals them. The bucket is locked in compliance mode:
 * nobody can shorten the time or delete an object before it, the account's root user included. What is in it holds
 * pseudonyms, so that there is nothing in it that an erasure would have to take away.
 */
export class AuditStack extends Stack {
  readonly bucket: Bucket;
  /** Encrypts the bucket. */
  readonly bucketKey: Key;
  /** Signs digests. */
  readonly digestKey: Key;

  constructor(
    scope: Construct,
    id: string,
    { data, cell, ...props }: StackProps & { readonly data: DataStack; readonly cell: CellConfig },
  ) {
    super(scope, id, props);
    this.bucketKey = new Key(this, 'BucketKey', {
      description: "Encrypts the audit's bucket.",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.digestKey = new Key(this, 'DigestKey', {
      description: "Signs the audit's digests.",
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(
        Duration.days(cell.auditRetentionDays ?? RETENTION_DAYS),
      ),
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.bucketKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.createSealer(data);
  }

  /** What reads of the bucket what is a tenant's own, and of digests' keys the public part. */
  readsOf(tenant: string): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects(`${tenant}/*`)] }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': `${tenant}/*` } },
      }),
      this.throughBucket(['kms:Decrypt']),
      new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [this.digestKey.keyArn] }),
    ];
  }

  /** The use of the bucket's key by S3, on behalf of whoever reads or writes there. */
  private throughBucket(actions: string[]): PolicyStatement {
    return new PolicyStatement({
      actions,
      resources: [this.bucketKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${this.region}.amazonaws.com` } },
    });
  }

  /** Called by nobody but the clock; one at a time, since a second would only lose to the first. It puts, and never reads or deletes. */
  private createSealer(data: DataStack): void {
    const environment: SealerVariables = {
      LAUREL_TABLE: data.table.tableName,
      LAUREL_AUDIT_KEYS: this.digestKey.keyArn,
      LAUREL_AUDIT_BUCKET: this.bucket.bucketName,
      LAUREL_LOG_LEVEL: 'INFO',
    };
    const sealer = new ServerFunction(this, 'Sealer', {
      entry: 'audit-sealer',
      description: "Seals the audit's records of the cell.",
      environment: { ...environment },
      memory: 512,
      timeout: Duration.minutes(5),
      concurrency: 1,
      statements: [
        ...itemStatements(data, sealerReach()),
        new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('*')] }),
        this.throughBucket(['kms:GenerateDataKey']),
        new PolicyStatement({ actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [this.digestKey.keyArn] }),
      ],
    });
    new Rule(this, 'SealEveryMinute', {
      description: 'Calls the sealer.',
      schedule: Schedule.rate(Duration.minutes(1)),
      // The next minute calls again: a call that came late would do what that one does.
      targets: [new LambdaFunction(sealer.function, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
