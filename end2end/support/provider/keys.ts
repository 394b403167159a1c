/** The keys that sign id tokens. */

import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface SigningKey {
  id: string;
  /** The private half, which signs. */
  half: CryptoKey;
  /** The same, as the provider's configuration takes it. */
  jwk: JWK;
}

/** Makes a key; tokens name it by its id unless another is given. */
export async function makeKey(id: string = randomUUID()): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { id, half: privateKey, jwk: { ...(await exportJWK(privateKey)), kid: id, alg: 'RS256', use: 'sig' } };
}
