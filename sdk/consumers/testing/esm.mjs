import * as main from '@laurel/sdk';
import * as server from '@laurel/sdk/server';
import * as testing from '@laurel/sdk/testing';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { callTesting } from './program.cjs';

// Nothing ends the process: that it ends is a part of what is asked of it.
console.log(JSON.stringify(await callTesting({ main, server, testing, http, setupServer })));
