const { http } = require('msw');
const { setupServer } = require('msw/node');
const { callTesting } = require('./program.cjs');

const main = require('@laurel/sdk');
const server = require('@laurel/sdk/server');
const testing = require('@laurel/sdk/testing');
// Nothing ends the process: that it ends is a part of what is asked of it.
callTesting({ main, server, testing, http, setupServer }).then((told) => console.log(JSON.stringify(told)));
