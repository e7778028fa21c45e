import * as main from '@laurel/sdk';
import * as auth from '@laurel/sdk/auth';
import * as errors from '@laurel/sdk/errors';
import * as live from '@laurel/sdk/live';
import * as offline from '@laurel/sdk/offline';
import * as server from '@laurel/sdk/server';
import * as webhooks from '@laurel/sdk/webhooks';
import { callEvery } from './program.cjs';

console.log(
  JSON.stringify(await callEvery({ main, server, live, errors, auth, offline, webhooks }, process.env.BASE_URL)),
);
