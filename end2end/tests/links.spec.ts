/** No link leads nowhere. */

import { expect, test } from '../support/gantry.ts';
import { visits } from '../support/visits.ts';

test.skip(({ javaScriptEnabled, isMobile }) => javaScriptEnabled || isMobile, 'the server writes the links');

/** Of each kind of page, this many links are followed from each page: lists are long and alike. */
const ofEachKind = 4;

for (const { page: name, path, persona } of visits) {
  test(`the links on ${name} lead ${persona ?? 'a visitor'} somewhere`, async ({ page, open, asPersona }) => {
    if (persona) await asPersona(persona);
    await open(path);
    const all = await page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const followed = new Map<string, number>();
    for (const link of new Set(all)) {
      const kind = link.split(/[/?]/)[1] ?? '';
      const count = (followed.get(kind) ?? 0) + 1;
      followed.set(kind, count);
      if (count > ofEachKind) continue;
      const response = await page.request.get(link);
      // A page that says which action is missing is an answer too.
      expect([200, 403], link).toContain(response.status());
    }
    expect(followed.size, 'pages of no links are dead ends').toBeGreaterThan(0);
  });
}
