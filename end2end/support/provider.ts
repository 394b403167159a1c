/** A real OpenID provider for the browser tests. It fails or sends false answers when a test asks for that. */

import OidcProvider, { type KoaContextWithOIDC } from 'oidc-provider';
import type { Persona } from './people.ts';
import { freePort } from './ports.ts';
import { demoGroups } from './provider/accounts.ts';
import { client, configuration, type ProviderOptions } from './provider/configuration.ts';
import { makeKey } from './provider/keys.ts';
import { Listener } from './provider/listener.ts';
import { interact } from './provider/pages.ts';
import { Store } from './provider/store.ts';
import { falsify, type Tampering } from './provider/tampering.ts';

export { client };

// oidc-provider calls it, and Node.js has had it since version 22.
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);

/** The endpoints that a client uses, by oidc-provider's paths. */
const endpoints = {
  discovery: '/.well-known/openid-configuration',
  jwks: '/jwks',
  authorization: '/auth',
  token: '/token',
  userinfo: '/me',
  endSession: '/session/end',
} as const;

export type Endpoint = keyof typeof endpoints;

export interface Provider {
  issuer: string;
  /** The number of requests to an endpoint. */
  requests: (endpoint: Endpoint) => number;
  /** Changes the groups of a person. */
  setGroups: (persona: Persona, groups: string[]) => void;
  /** Falsifies the next ID token, or the next userinfo response. */
  tamper: (tampering: Tampering) => void;
  /** Signs with a new key from now on, and publishes only that key. */
  rotateKeys: () => Promise<void>;
  /** Authorization codes are no longer valid when they are exchanged. */
  expireCodes: () => void;
  /** Stops listening. */
  down: () => Promise<void>;
  /** These endpoints, or all, accept requests and never answer. */
  hang: (...where: Endpoint[]) => void;
  /** These endpoints, or all, answer with an error. */
  fail: (...where: Endpoint[]) => void;
  /** Ends the effects of `down`, `hang` and `fail`. */
  up: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts a provider on a free port of the loopback. */
export async function startProvider(options: ProviderOptions): Promise<Provider> {
  const store = new Store();
  const groups = demoGroups();
  let tampering: Tampering = {};
  let key = await makeKey();

  const lie = async (context: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next();
    if (context.status !== 200) return;
    const { userinfo, ...token } = tampering;
    const body = context.body as { id_token?: string };
    if (context.path === endpoints.token && body.id_token && (token.claims || token.signedBy)) {
      body.id_token = await falsify(body.id_token, token, key, client.secret);
      tampering = { userinfo };
    } else if (context.path === endpoints.userinfo && userinfo) {
      context.body = { ...body, ...userinfo };
      tampering = token;
    }
  };

  const begin = () => {
    const provider = new OidcProvider(listener.url, configuration(options, key, groups, store));
    provider.use(lie);
    return { provider, answer: provider.callback() };
  };
  const listener = new Listener(await freePort(), (request, response, path) => {
    if (path.startsWith('/interaction/')) {
      interact(current.provider, request, response).catch((error: Error) => response.writeHead(400).end(error.message));
    } else {
      void current.answer(request, response);
    }
  });
  let current = begin();
  await listener.up();

  return {
    issuer: listener.url,
    requests: (endpoint) => listener.requests(endpoints[endpoint]),
    setGroups: (persona, those) => void (groups[persona] = those),
    tamper: (next) => void (tampering = next),
    rotateKeys: async () => {
      key = await makeKey();
      current = begin();
    },
    expireCodes: () => void (store.codesExpireAtOnce = true),
    down: () => listener.down(),
    hang: (...where) => listener.trouble('hangs', where.map((endpoint) => endpoints[endpoint])),
    fail: (...where) => listener.trouble('fails', where.map((endpoint) => endpoints[endpoint])),
    up: () => listener.up(),
    stop: () => listener.down(),
  };
}
