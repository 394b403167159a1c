/** On paper, a page shows what the screen shows. */

import type { Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import { expectNoHorizontalOverflow } from '../support/readable.ts';
import { visits } from '../support/visits.ts';

test.skip(({ isMobile }) => isMobile, 'paper is the same for a phone');

/** An A4 sheet without its margins, in CSS pixels. */
const sheet = { width: 718, height: 1046 };

for (const { page: name, path, persona, status } of visits.filter(({ persona, status }) => persona && !status)) {
  test(`${name} of ${persona} fits on paper`, async ({ page, open, asPersona }) => {
    if (persona) await asPersona(persona);
    await page.setViewportSize(sheet);
    expect((await open(path)).status()).toBe(status ?? 200);
    await print(page);
    await expectNoHorizontalOverflow(page);
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
    for (const table of await page.getByRole('main').getByRole('table').all()) {
      const cut = await table.evaluate((table) => {
        const scrolls = table.parentElement?.closest('.grid-scroll');
        return scrolls ? scrolls.scrollWidth - scrolls.clientWidth : 0;
      });
      expect(cut, 'cut off').toBeLessThanOrEqual(0);
      expect(await table.evaluate((table) => getComputedStyle(table).display)).toBe('table');
    }
  });
}

test('the grid of a policy keeps its columns', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await page.setViewportSize(sheet);
  await open(paths.policy('storefront/users-api'));
  await print(page);
  for (const column of ['See', 'Pull', 'Push', 'Findings', 'Policy', 'Lifecycle', 'Delete', 'Administer']) {
    const box = await page.getByRole('columnheader', { name: column, exact: true }).boundingBox();
    expect((box?.x ?? sheet.width) + (box?.width ?? 0), column).toBeLessThanOrEqual(sheet.width);
  }
});

test('findings are counted with severity names', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await page.setViewportSize(sheet);
  await open(paths.repository('storefront/users-api'));
  const counts = page.locator('main tbody tr:visible .counts').first();
  // The screen shows letters, because there is little room.
  expect(await counts.innerText()).toMatch(/^C\s*\d/);
  await print(page);
  expect(await counts.innerText()).toMatch(/^\d+ critical/);
});

test('the date is printed beside each relative time', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repository('storefront/users-api'));
  await print(page);
  const time = page.locator('main tbody time:visible').first();
  const shown = await time.evaluate((time) => getComputedStyle(time, '::after').content);
  expect(shown).toMatch(/\(" "\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC" "\)|\(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)/);
});

async function print(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
}
