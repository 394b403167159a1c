/** The provider's configuration: one confidential client, and claims with groups. */

import { randomUUID } from 'node:crypto';
import type { Configuration } from 'oidc-provider';
import { claimsOf, isPersona, type Groups } from './accounts.ts';
import type { SigningKey } from './keys.ts';
import { page } from './pages.ts';
import type { Store } from './store.ts';

/** The client's ID and its secret. The secret needs encoding in an Authorization header. */
export const client = { id: 'gantry', secret: 'a secret: 50% of +/=& and more' };

export interface ProviderOptions {
  /** The redirect URI after a sign-in. */
  redirectUri: string;
  /** The redirect URI after a sign-out at the provider. */
  afterSignOut: string;
  /** Where the provider sends groups. */
  groupsIn?: 'id token' | 'userinfo';
  /** Whether people can sign out at the provider. */
  endsSessions?: boolean;
}

/** Cookies stay valid when the keys that sign tokens change. */
const cookieKeys = [randomUUID()];

const hour = 3600;

export function configuration(options: ProviderOptions, key: SigningKey, groups: Groups, store: Store): Configuration {
  return {
    adapter: (kind: string) => store.shelf(kind),
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        token_endpoint_auth_method: 'client_secret_basic',
        redirect_uris: [options.redirectUri],
        post_logout_redirect_uris: [options.afterSignOut],
      },
    ],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
    // Strictly conforming providers send the claims of scopes only by userinfo.
    conformIdTokenClaims: options.groupsIn === 'userinfo',
    cookies: { keys: cookieKeys },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: options.endsSessions ?? true,
        logoutSource: (context, form) => {
          const answer = '<button form="op.logoutForm" name="logout" value="yes">Sign out</button>';
          context.body = page('Sign out of the provider?', form + answer);
        },
        postLogoutSuccessSource: (context) => {
          context.body = page('You signed out of the provider', '');
        },
      },
    },
    findAccount: (_context, name) =>
      isPersona(name) ? { accountId: name, claims: () => claimsOf(name, groups) } : undefined,
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [key.jwk] },
    pkce: { required: () => true },
    renderError: (context, { error }) => {
      context.type = 'html';
      context.body = page('The provider cannot do that', `<p>${error}</p>`);
    },
    ttl: { AccessToken: hour, AuthorizationCode: 60, Grant: hour, IdToken: hour, Interaction: hour, Session: hour },
  };
}
