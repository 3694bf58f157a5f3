import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';
const agents = new Map<string, Agent>();
// A run starts anywhere in the network of this machine, so that the next one is not counted together with it.
let next = Math.floor(Math.random() * 60_000);

/**
 * An address of this machine for somebody who is a person of their own to the shop: it counts requests by address, and
 * would take all tests for one visitor. Elsewhere than on Linux there is one address only.
 */
export function personalAddress(): string {
  if (process.platform !== 'linux') return HOST;
  next = (next + 1) % 60_000;
  return `127.1.${Math.floor(next / 250)}.${(next % 250) + 2}`;
}

export function agentOf(address: string): Agent {
  const agent = agents.get(address) ?? new Agent({ keepAlive: true, localAddress: address });
  agents.set(address, agent);
  return agent;
}

/**
 * A proxy through which a browser asks from an address of its own. It leads nowhere but to this machine: browsers have
 * makers, whom they ask things.
 */
export class PersonalProxy {
  readonly #server: Server;
  readonly #agent: Agent;

  constructor(address = personalAddress()) {
    this.#agent = agentOf(address);
    this.#server = createServer((incoming, answer) => this.#pass(incoming, answer));
    this.#server.on('connect', (_incoming, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, HOST, resolve));
    return `http://${HOST}:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(incoming.url ?? '');
    if (url.hostname !== HOST) {
      answer.writeHead(403).end();
      return;
    }
    const { method, headers } = incoming;
    const passed = request(url, { method: method ?? 'GET', headers, agent: this.#agent }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
      reply.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    incoming.pipe(passed);
  }
}
