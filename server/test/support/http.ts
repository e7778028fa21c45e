import { Agent, request } from 'node:http';

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

/** Calls over HTTP. The path goes out to the letter: unlike `fetch`, nothing resolves its dots or escapes it. */
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
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const text = Buffer.concat(chunks).toString();
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
