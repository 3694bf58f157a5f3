import { request } from 'node:http';
import { agentOf, personalAddress } from './addresses.ts';

/** What a call may send and expect. */
interface Call {
  body?: unknown;
  headers?: Record<string, string>;
  expect?: number;
}

/** Somebody at the API, without pages: who arranges what a test is about. Fails where an answer is no success. */
export class Api {
  readonly #site: string;
  readonly #address = personalAddress();
  #credentials: { email: string; password: string } | null = null;
  #token: string | null = null;

  constructor(site: string) {
    this.#site = site;
  }

  /** Somebody else, at an address of their own. */
  another(): Api {
    return new Api(this.#site);
  }

  async signIn(email: string, password: string): Promise<this> {
    this.#credentials = { email, password };
    const { access_token } = await this.call('POST', '/auth/login', { body: this.#credentials });
    this.#token = access_token;
    return this;
  }

  // biome-ignore lint/suspicious/noExplicitAny: answers are JSON, of which a test names what it looks at
  async call(method: string, path: string, { body, headers = {}, expect }: Call = {}): Promise<any> {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const { status, text } = await this.#send(`/api/v1${path}`, method, sent, {
      accept: 'application/json',
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
      ...headers,
    });
    if (status === 401 && this.#token && this.#credentials) {
      // A run is longer than an access token lives.
      this.#token = null;
      await this.signIn(this.#credentials.email, this.#credentials.password);
      return this.call(method, path, { body, headers, ...(expect === undefined ? {} : { expect }) });
    }
    const isWanted = expect === undefined ? status >= 200 && status < 300 : status === expect;
    if (!isWanted) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** What is beside the API: letters that were sent, what was purged, controls of the simulators. */
  // biome-ignore lint/suspicious/noExplicitAny: see `call`
  async local(path: string, method = 'GET', body?: unknown): Promise<any> {
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const { status, text } = await this.#send(`/_local${path}`, method, JSON.stringify(body), headers);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  #send(path: string, method: string, body: string | undefined, headers: Record<string, string>) {
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const options = { method, headers: { ...headers, ...length }, agent: agentOf(this.#address) };
      const sent = request(this.#site + path, options, async (answer) => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part);
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
