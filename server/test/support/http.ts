import { Agent, type IncomingMessage, request } from 'node:http';

/** Who calls, and where: a tenant's base URL and an access token (without one where it is missing). */
export interface Access {
  readonly baseUrl: string;
  readonly token?: string;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The JSON object of the body; empty where the body is none. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a call carries besides its method and path. */
export interface Parcel {
  /** An object is sent as JSON; text and bytes are sent as they are, with a JSON content type unless told otherwise. */
  readonly body?: object | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const agent = new Agent({ keepAlive: true });

function objectOf(text: string): Record<string, unknown> {
  if (!text.startsWith('{')) return {};
  const parsed: unknown = JSON.parse(text);
  return { ...Object(parsed) };
}

function bytesOf(body: Parcel['body']): Uint8Array | undefined {
  if (body === undefined || body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

async function whole(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** What a stream tells until it has told all that is there; leaving the loop ends the connection. */
async function untilItWaits(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (/^event: ready\n[\s\S]*?\n\n/m.test(text)) break;
  }
  return text;
}

/** Calls over HTTP. A stream is read up to where it waits for something new. The path goes out to the letter: unlike `fetch`, nothing resolves its dots or escapes it. */
export function call(
  access: Access,
  method: string,
  path: string,
  { body, headers = {} }: Parcel = {},
): Promise<Answer> {
  const { hostname, port, pathname } = new URL(access.baseUrl);
  const bytes = bytesOf(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        hostname,
        port,
        method,
        path: `${pathname}${path}`,
        headers: {
          ...(access.token === undefined ? {} : { authorization: `Bearer ${access.token}` }),
          ...(bytes === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(bytes.byteLength) }),
          ...headers,
        },
      },
      async (response) => {
        try {
          const isStream = /event-stream/.test(response.headers['content-type'] ?? '');
          const text = await (isStream ? untilItWaits(response) : whole(response));
          const named = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(named),
            text,
            body: isJson ? objectOf(text) : {},
          });
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.once('error', reject);
    sent.end(bytes);
  });
}
