/** ID tokens that an honest provider would never send. */

import { decodeJwt, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { makeKey, type SigningKey } from './keys.ts';

/** How to falsify the next answers. */
export interface Tampering {
  /** Claims that replace those of the next ID token. Times are in seconds since the epoch. */
  claims?: JWTPayload;
  /** The signer, if it is not the provider's key. */
  signedBy?: 'a key that is not published' | 'another key of the same id' | 'nobody' | 'the client secret';
  /** Claims that replace those of the next userinfo response. */
  userinfo?: JWTPayload;
}

/** The token with other claims, another signature, or both. */
export async function falsify(token: string, { claims, signedBy }: Tampering, key: SigningKey, secret: string): Promise<string> {
  const payload = { ...decodeJwt(token), ...claims };
  const signed = (by: SigningKey) => new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: by.id }).sign(by.half);
  switch (signedBy) {
    case undefined:
      return signed(key);
    case 'a key that is not published':
      return signed(await makeKey());
    case 'another key of the same id':
      return signed(await makeKey(key.id));
    case 'nobody':
      return new UnsecuredJWT(payload).encode();
    case 'the client secret':
      return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  }
}
