import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { tableOf } from '../store/client.ts';
import type { Table } from '../store/table.ts';

/** How long one request to AWS may take, in milliseconds: well below the function's own time, so that it can answer. */
export const LIMITS = { connectionTimeout: 1000, requestTimeout: 3000 } as const;

/** The cell's table as this function reaches it. */
export function tableNamed(name: string, client = new DynamoDBClient({ requestHandler: LIMITS })): Table {
  return tableOf(client, name);
}

/** AWS KMS as this function reaches it. */
export function kmsClient(): KMSClient {
  return new KMSClient({ requestHandler: LIMITS });
}

/** What making accounts and sending mail to people takes. */
export function peopleClients() {
  return {
    ses: new SESv2Client({ requestHandler: LIMITS }),
    cognito: new CognitoIdentityProviderClient({ requestHandler: LIMITS }),
  };
}
