/** Every page: status, heading, accessibility and layout. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import { expectNoAxeViolations, expectNoHorizontalOverflow } from '../support/readable.ts';
import { visits } from '../support/visits.ts';

for (const { page: name, path, persona, heading, status = 200 } of visits) {
  test(`${persona ?? 'a visitor'} sees ${name}`, async ({ page, open, asPersona, javaScriptEnabled }) => {
    if (persona) await asPersona(persona);
    const response = await open(path);
    expect(response.status()).toBe(status);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
    await expect(page).toHaveTitle(/Gantry/);
    await expectNoHorizontalOverflow(page);
    await expectNoAxeViolations(page, javaScriptEnabled);
  });
}

test('the page of every kind of image is readable', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('ana');
  const images = [
    ['storefront/users-api', 'latest'],
    ['charts/storefront', undefined],
    ['suspicious/upload', 'markup'],
    ['suspicious/upload', 'addresses'],
    ['suspicious/upload', 'huge-value'],
    ['suspicious/upload', 'deep'],
    ['suspicious/upload', 'no-config-shape'],
    ['suspicious/upload', 'wrong-sizes'],
    ['suspicious/upload', 'index'],
  ] as const;
  test.setTimeout(images.length * 20_000);
  for (const [repository, tag] of images) {
    await test.step(`${repository}:${tag ?? 'the first'}`, async () => {
      await open(tag ? paths.tag(repository, tag) : paths.repository(repository));
      const image = await page.locator('main a[href^="/images/retail/sha256"]').first().getAttribute('href');
      const response = await open(image ?? '');
      expect(response.status()).toBe(200);
      await expectNoHorizontalOverflow(page);
      await expectNoAxeViolations(page, javaScriptEnabled);
    });
  }
});

test('the findings of an image are readable', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('ana');
  await open(paths.tag('storefront/users-api', 'latest'));
  const index = await page.locator('.points-at a').first().getAttribute('href');
  await open(index ?? '');
  const scanned = page.locator('tr[data-row]').filter({ has: page.locator('.count') }).first();
  const platform = await scanned.locator('.digest a').getAttribute('href');
  await open(platform ?? '');
  await expect(page.locator('.findings-table tbody tr').first()).toBeVisible();
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);
});
