/**
 * The people that the provider knows: the demo's personas, in the groups that the demo's configuration maps to teams.
 */

import { personas, type Persona } from '../people.ts';

export type Groups = Record<Persona, string[]>;

/** Each person's initial groups, as in `gantry demo`. */
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

/** Whether a person with this name can sign in. */
export function isPersona(name: string): name is Persona {
  return Object.hasOwn(personas, name);
}

/** The claims that the provider sends about a person. */
export function claimsOf(persona: Persona, groups: Groups) {
  return { sub: persona, name: personas[persona], email: `${persona}@example.com`, groups: groups[persona] };
}
