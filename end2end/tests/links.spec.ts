/** No link is broken. */

import { expect, test } from '../support/gantry.ts';
import { visits } from '../support/visits.ts';

test.skip(({ javaScriptEnabled, isMobile }) => javaScriptEnabled || isMobile, 'the server writes the links');

/** How many links of each kind of page are followed from each page: lists are long and repetitive. */
const ofEachKind = 4;

for (const { page: name, path, persona } of visits) {
  test(`the links on ${name} work for ${persona ?? 'a visitor'}`, async ({ page, open, asPersona }) => {
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
      // A page that names a missing action also counts as an answer.
      expect([200, 403], link).toContain(response.status());
    }
    expect(followed.size, 'every page has links').toBeGreaterThan(0);
  });
}
