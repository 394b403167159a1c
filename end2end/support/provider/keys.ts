/** The keys that sign ID tokens. */

import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface SigningKey {
  id: string;
  /** The private key, which signs. */
  half: CryptoKey;
  /** The same, in the format of the provider's configuration. */
  jwk: JWK;
}

/** Creates a key. Tokens refer to it by its ID, which is random unless one is given. */
export async function makeKey(id: string = randomUUID()): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { id, half: privateKey, jwk: { ...(await exportJWK(privateKey)), kid: id, alg: 'RS256', use: 'sig' } };
}
