import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type AuditArchive, archivePath } from '../ports/audit-archive.ts';

/** S3's word for an object that is there already, or just being written. */
const THERE = new Set([409, 412]);

/**
 * Keeps what is sealed in a bucket with Object Lock: what is there cannot be taken away before its time, by nobody, and
 * is never written over, which S3 itself sees to (`If-None-Match`).
 */
export function archiveWriter(s3: S3Client, bucket: string): Pick<AuditArchive, 'put'> {
  return {
    async put(place, name, text) {
      const object = { Bucket: bucket, Key: archivePath(place, name), Body: text, IfNoneMatch: '*' };
      try {
        // Object Lock demands a checksum of what is put.
        await s3.send(
          new PutObjectCommand({ ...object, ContentType: 'application/json', ChecksumAlgorithm: 'SHA256' }),
        );
      } catch (error) {
        if (!(error instanceof S3ServiceException && THERE.has(error.$metadata.httpStatusCode ?? 0))) throw error;
      }
    },
  };
}

/** Reads what is kept in a bucket. */
export function archiveReader(s3: S3Client, bucket: string): Pick<AuditArchive, 'get'> {
  return {
    async get(place, name) {
      const key = archivePath(place, name);
      // Who may list the tenant's own part alone is told of a missing object as of one that is not for them.
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
      if (Contents[0]?.Key !== key) return undefined;
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body?.transformToString();
    },
  };
}
