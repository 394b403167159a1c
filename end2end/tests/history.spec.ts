/** A tag's history: it is told by version, and a time can be asked about, also without JavaScript. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

const history = (query: Record<string, string> = {}) => paths.history('storefront/users-api', 'prod', query);

test('the tag page leads to the history', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.tag('storefront/users-api', 'prod'));
  const told = page.locator('.tag-events').getByRole('listitem').last();
  await expect(told).toContainText('1.7.1-build.823');
  await page.getByRole('link', { name: 'Full history' }).click();
  await expect(page).toHaveURL(new RegExp('/history/retail/prod/storefront/users-api$'));
  await page.getByRole('link', { name: 'Tag page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('prod');
});

test('a time is asked about in a form', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(history());
  const field = page.getByLabel('Date and time, in UTC');
  await field.fill('2001-01-01 00:00');
  await field.press('Enter');
  const answer = page.locator('#at-answer');
  await expect(answer).toContainText('Where the tag pointed at 2001-01-01 00:00:00 UTC is not known');
  await expect(field).toHaveValue('2001-01-01 00:00');
  await field.fill('half past two');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(answer).toContainText('This is not a date with a time.');
  await expect(field).toHaveValue('half past two');
  await page.getByRole('link', { name: 'Clear' }).click();
  await expect(answer).toHaveCount(0);
});

test('the present is answered with a version and a reference', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(history());
  // The reading is stored in the background.
  await expect(async () => {
    const now = new Date().toISOString().slice(0, 19);
    await open(history({ at: now }));
    await expect(page.locator('.history-verdict')).toContainText('The tag pointed at 1.7.1-build.823', { timeout: 500 });
  }).toPass();
  await expect(page.locator('#at-answer')).toContainText('storefront/users-api@sha256:');
});

test('how much the lane shows is kept in the URL', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(history({ at: '2001-01-01T00:00' }));
  await page.getByRole('link', { name: '7 days' }).click();
  await expect(page).toHaveURL(/last=7d/);
  await expect(page).toHaveURL(/at=2001-01-01/);
  await expect(page.getByRole('link', { name: '7 days' })).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('link', { name: /1\.7\.1-build\.823: seen from/ })).toBeVisible();
});

test('a tag that never existed is not found', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  const response = await open(paths.history('storefront/users-api', 'never'));
  expect(response.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('No such tag');
});
