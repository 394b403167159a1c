/** The provider's storage. It survives a change of keys, and can delete all authorization codes at once. */

import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  kind: string;
  payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  until: number;
}

export class Store {
  codesExpireAtOnce = false;
  readonly #kept = new Map<string, Kept>();

  /** The storage for one kind of item, such as `Session` or `AuthorizationCode`. */
  shelf(kind: string): Adapter {
    const key = (id: string) => `${kind}/${id}`;
    return {
      upsert: async (id, payload, seconds) => {
        const isOver = kind === 'AuthorizationCode' && this.codesExpireAtOnce;
        this.#kept.set(key(id), { kind, payload, until: Date.now() + (isOver ? 0 : (seconds ?? Infinity) * 1000) });
      },
      find: async (id) => this.#living(key(id)),
      findByUid: async (uid) => this.#where(kind, (payload) => payload.uid === uid),
      findByUserCode: async (code) => this.#where(kind, (payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = this.#living(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => void this.#kept.delete(key(id)),
      revokeByGrantId: async (grant) => {
        for (const [key, { payload }] of this.#kept) {
          if (payload.grantId === grant) this.#kept.delete(key);
        }
      },
    };
  }

  #living(key: string): AdapterPayload | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > Date.now() ? kept.payload : undefined;
  }

  #where(kind: string, wanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, kept] of this.#kept) {
      if (kept.kind === kind && wanted(kept.payload)) return this.#living(key);
    }
    return undefined;
  }
}
