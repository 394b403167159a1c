/** A server of the loopback that goes down, hangs and fails when it is told to, and counts what it is asked. */

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

  /** How often a path was asked for. */
  requests(path: string): number {
    return this.#requests.get(path) ?? 0;
  }

  /** From now on these paths, or all when there are none, never answer or say that they cannot. */
  trouble(kind: 'hangs' | 'fails', paths: string[]): void {
    for (const path of paths.length > 0 ? paths : [everywhere]) this.#troubles.set(path, kind);
  }

  /** Listens, and answers everything. */
  async up(): Promise<void> {
    this.#troubles.clear();
    // Whoever still waits for an answer will not get one.
    await this.down();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Hangs up on everybody, and listens no more. */
  async down(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
