const { callEvery } = require('./program.cjs');

const entries = {
  main: require('@laurel/sdk'),
  server: require('@laurel/sdk/server'),
  live: require('@laurel/sdk/live'),
  errors: require('@laurel/sdk/errors'),
  auth: require('@laurel/sdk/auth'),
  offline: require('@laurel/sdk/offline'),
  webhooks: require('@laurel/sdk/webhooks'),
};
callEvery(entries, process.env.BASE_URL).then((told) => console.log(JSON.stringify(told)));
