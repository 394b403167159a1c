/** Theme and language: the server knows the choice before it renders. */

import type { Page } from '@playwright/test';
import { expect, openMenu, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

test.beforeEach(async ({ asPersona, open }) => {
  await asPersona('ana');
  await open(paths.repositories);
});

test('the HTML of the next page has the chosen theme', async ({ page, context }) => {
  const lightBackground = await background(page);
  await choose(page, 'Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await background(page)).not.toBe(lightBackground);
  // In the server's HTML no script or style has run yet, so the other theme never flashes.
  const html = await (await context.request.get(paths.access)).text();
  expect(html).toMatch(/<html[^>]* data-theme="dark"/);
  await choose(page, 'System');
  expect(await background(page)).toBe(lightBackground);
});

test('the system decides unless a theme is chosen', async ({ page }) => {
  const light = await background(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background(page)).not.toBe(light);
});

test('a chosen language applies to every page and overrides the browser language', async ({ page, open }) => {
  await choose(page, '中文');
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('仓库');
  await open(paths.access);
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await choose(page, 'English');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('a choice returns to the page with its filter', async ({ page, open }) => {
  await open(`${paths.repositories}?q=users`);
  await choose(page, 'Dark');
  await expect(page).toHaveURL(`${paths.repositories}?q=users`);
});

/** Makes a choice in the account menu. */
async function choose(page: Page, choice: string): Promise<void> {
  const menu = await openMenu(page);
  await Promise.all([page.waitForEvent('load'), menu.getByRole('button', { name: choice, exact: true }).click()]);
}

async function background(page: Page): Promise<string> {
  return page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor);
}
