/** A loopback server that can stop, hang and fail on request, and that counts requests. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => void;

const everywhere = '*';

export class Listener {
  readonly url: string;
  readonly #port: number;
  readonly #server: Server;
  readonly #requests = new Map<string, number>();
  readonly #troubles = new Map<string, 'hangs' | 'fails'>();

  constructor(port: number, answer: Answer) {
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', this.url).pathname;
      this.#requests.set(path, this.requests(path) + 1);
      const trouble = this.#troubles.get(path) ?? this.#troubles.get(everywhere);
      if (trouble === 'fails') {
        response.writeHead(503).end('out of order');
      } else if (trouble === undefined) {
        answer(request, response, path);
      }
    });
  }

  /** The number of requests to a path. */
  requests(path: string): number {
    return this.#requests.get(path) ?? 0;
  }

  /** From now on these paths, or all if there are none, hang or answer with an error. */
  trouble(kind: 'hangs' | 'fails', paths: string[]): void {
    for (const path of paths.length > 0 ? paths : [everywhere]) this.#troubles.set(path, kind);
  }

  /** Listens, and answers all requests. */
  async up(): Promise<void> {
    this.#troubles.clear();
    // Requests that still wait get no answer.
    await this.down();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Closes all connections and stops listening. */
  async down(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
