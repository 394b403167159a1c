/** The people whom the provider knows: the demo's, in the groups that its configuration makes teams of. */

import { personas, type Persona } from '../people.ts';

export type Groups = Record<Persona, string[]>;

/** Each person's groups at the start, as `gantry demo` has them. */
export function demoGroups(): Groups {
  return {
    ana: ['storefront'],
    ben: ['checkout'],
    chao: ['storefront', 'checkout'],
    dana: ['payments'],
    erik: ['release-managers'],
    farah: ['platform-admins'],
    gus: [],
    hana: ['logistics'],
  };
}

/** Whether somebody of that name can sign in. */
export function isPersona(name: string): name is Persona {
  return Object.hasOwn(personas, name);
}

/** What the provider says of a person. */
export function claimsOf(persona: Persona, groups: Groups) {
  return { sub: persona, name: personas[persona], email: `${persona}@example.com`, groups: groups[persona] };
}
