import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { NodeHandler } from './gateway.ts';

const contexts = ['app', 'dashboard', 'platform'] as const;
const titles = {
  app: 'App: for players',
  dashboard: 'Dashboard: for operators and backends',
  platform: 'Platform: for whoever runs it',
};
/** Scalar's bundle for browsers stands beside its entry for bundlers. */
const SCALAR = fileURLToPath(new URL('./browser/standalone.js', import.meta.resolve('@scalar/api-reference')));

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
}

function documentFile(context: string): string {
  return fileURLToPath(import.meta.resolve(`@laurel/contract/openapi/${context}.json`));
}

/** Serves the OpenAPI documents at `/openapi/{app,dashboard,platform}.json`. */
export const openapiHandler: NodeHandler = async (request, response) => {
  const context = contexts.find((one) => request.url === `/openapi/${one}.json`);
  if (context === undefined) return send(response, 404, 'text/plain; charset=utf-8', 'There is no such document.\n');
  response.setHeader('access-control-allow-origin', '*');
  send(response, 200, 'application/json', await readFile(documentFile(context), 'utf8'));
};

/** Scalar, told to call nobody: no fonts, no telemetry, no services of its makers. */
const settings = {
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
} as const;

/** The page of the reference. All that it loads comes from here, so it works without a network. */
function referencePage(): string {
  const sources = contexts.map((context) => ({
    slug: context,
    title: titles[context],
    url: `/openapi/${context}.json`,
    agent: settings.agent,
  }));
  const configuration = JSON.stringify({ sources, ...settings });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Laurel API reference</title>
</head>
<body>
<div id="reference"></div>
<script src="/docs/reference.js"></script>
<script>Scalar.createApiReference('#reference', ${configuration.replaceAll('<', '\\u003c')})</script>
</body>
</html>
`;
}

/** Serves the API reference at `/docs`, by Scalar from its package. */
export const referenceHandler: NodeHandler = (request, response) => {
  switch (request.url) {
    case '/docs':
    case '/docs/':
      return send(response, 200, 'text/html; charset=utf-8', referencePage());
    case '/docs/reference.js':
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=3600' });
      createReadStream(SCALAR).pipe(response);
      return;
    default:
      return send(response, 404, 'text/plain; charset=utf-8', 'There is no such page.\n');
  }
};
