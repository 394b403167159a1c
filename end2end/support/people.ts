/** The demo's personas, and the pages of the site by name. */

/** The personas that `gantry demo` offers for sign-in. */
export const personas = {
  ana: 'Ana',
  ben: 'Ben',
  chao: 'Chao',
  dana: 'Dana',
  erik: 'Erik',
  farah: 'Farah',
  gus: 'Gus',
  hana: 'Hana',
} as const;

export type Persona = keyof typeof personas;
