/** A tab whose session has ended says so, and returns to the same page after the sign-in. */

import { request, type BrowserContext, type Page } from '@playwright/test';
import { expect, openMenu, personaButton, signIn, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

test.beforeEach(async ({ page }) => signIn(page, 'ana'));

test('a filter leads to the sign-in and back to the filtered list', async ({ page, open, context, javaScriptEnabled, baseURL }) => {
  await open(paths.repositories);
  await endElsewhere(context, baseURL ?? '');
  const filter = page.getByRole('main').getByRole('searchbox');
  // The list is fetched as soon as the filter gets the focus. What is typed until then is kept.
  await filter.evaluate((box: HTMLInputElement) => (box.value = 'products'));
  if (javaScriptEnabled) await filter.dispatchEvent('input');
  else await filter.press('Enter');
  await expectSessionEnded(page);
  await personaButton(page, 'ana').click();
  await page.waitForURL((url) => url.pathname === paths.repositories && url.searchParams.get('q') === 'products');
  await expect(page.getByRole('main').getByRole('searchbox')).toHaveValue('products');
});

test('another order does the same', async ({ page, open, context, isMobile, baseURL }) => {
  test.skip(isMobile, 'a narrow table shows no heads');
  await open(paths.repository('storefront/users-api'));
  await endElsewhere(context, baseURL ?? '');
  await page.getByRole('columnheader', { name: /Size/ }).getByRole('link').click();
  await expectSessionEnded(page);
  await personaButton(page, 'ana').click();
  await page.waitForURL(`${paths.repository('storefront/users-api')}?sort=size`);
});

test('a search does the same', async ({ page, open, context, javaScriptEnabled, baseURL }) => {
  await open(paths.access);
  await endElsewhere(context, baseURL ?? '');
  const search = page.getByRole('banner');
  if (javaScriptEnabled) {
    await search.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill('users');
  } else {
    await search.getByRole('link', { name: 'Search' }).click();
  }
  await expectSessionEnded(page);
  await personaButton(page, 'ana').click();
  await page.waitForURL(javaScriptEnabled ? paths.access : paths.search);
});

test('a form does the same, and changes nothing', async ({ page, open, context, baseURL }) => {
  await open(paths.lifecycle('storefront/users-api'));
  await endElsewhere(context, baseURL ?? '');
  await page.locator('.start-preview button').click();
  await expectSessionEnded(page);
  await expect(page.getByRole('main')).toContainText('Nothing was changed');
  await personaButton(page, 'ana').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('storefront/users-api');
  expect(new URL(page.url()).pathname).toBe(paths.lifecycle('storefront/users-api'));
});

test('a person who signed out sees no such message', async ({ page, open }) => {
  await open(paths.repositories);
  const menu = await openMenu(page);
  await menu.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL((url) => url.pathname === paths.signIn);
  await open(paths.repositories);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expect(page.getByText('Your session has ended')).toHaveCount(0);
});

/** Ends the session without the browser's knowledge, by a separate request with the same cookie. */
async function endElsewhere(context: BrowserContext, origin: string): Promise<void> {
  const elsewhere = await request.newContext({ storageState: await context.storageState() });
  const answer = await elsewhere.post(`${origin}/sign-out`, { form: {}, headers: { origin }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  await elsewhere.dispose();
}

async function expectSessionEnded(page: Page): Promise<void> {
  await page.waitForURL((url) => url.pathname === paths.signIn);
  await expect(page.getByRole('main').getByText('Your session has ended')).toBeVisible();
}
