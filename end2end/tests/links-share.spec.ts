/** Share links: create, open and revoke. */

import type { Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import { expectNoAxeViolations, expectNoHorizontalOverflow } from '../support/readable.ts';
import { bytesOf, code, coldTransfers } from '../support/transfer.ts';

/** Shares what the open page shows, by its button and the form, and returns the link's URL. */
async function share(page: Page, note: string): Promise<string> {
  await page.getByRole('link', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create share link');
  await page.getByLabel('Reference', { exact: true }).fill(note);
  await page.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Link created');
  return (await page.locator('.copy-block code').textContent()) ?? '';
}

/** A note that is unique to this test and project. */
const ticket = () => `INC-${crypto.randomUUID().slice(0, 8)}`;

test('a tag can be shared, opened without a sign-in, and revoked', async ({ page, open, asPersona, javaScriptEnabled }) => {
  const note = ticket();
  await asPersona('erik');
  await open(paths.tag('prod/storefront/users-api', 'prod'));
  const link = await share(page, note);
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);

  await page.context().clearCookies();
  const response = await page.goto(link);
  expect(response?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('prod');
  await expect(page.getByText(note)).toBeVisible();
  await expect(page.locator('.shared-answer')).toContainText('points at');
  await expect(page.getByRole('heading', { name: 'Now' })).toBeVisible();
  await expect(page.locator('button, form, script')).toHaveCount(0);
  await expect(page.locator('a')).toHaveText(['Open in Gantry']);
  expect(await page.context().cookies()).toEqual([]);
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);

  await asPersona('erik');
  await open(`${paths.links}?${new URLSearchParams({ q: note })}`);
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);
  await page.getByRole('button', { name: /^Revoke the link to/ }).click();
  await expect(page.getByRole('main')).toContainText('This cannot be undone');
  await expect(page.getByRole('main')).toContainText(note);
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);
  await page.getByRole('button', { name: 'Revoke 1 link' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('1 link was revoked');

  const gone = await page.goto(link);
  expect(gone?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such link');
  await expectNoAxeViolations(page, javaScriptEnabled);
});

test('reloading the page or returning to it creates no second link', async ({ page, open, asPersona }) => {
  const note = ticket();
  await asPersona('ana');
  await open(paths.repository('storefront/users-api'));
  const link = await share(page, note);
  expect(page.url()).not.toContain(link.split('/s/')[1] ?? 'no token');
  await page.reload();
  await expect(page.locator('.copy-block code')).toHaveText(link);
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create share link');
  await page.goForward();
  await expect(page.locator('.copy-block code')).toHaveText(link);
  await open(`${paths.links}?${new URLSearchParams({ q: note })}`);
  await expect(page.locator('tbody tr')).toHaveCount(1);
});

test('a form that was sent after the session ended is filled in after the sign-in', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.newLink('storefront/users-api'));
  await page.getByLabel('Reference', { exact: true }).fill('INC-4711');
  await page.getByLabel('1 day').check();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.locator('button[value="ana"]').click();
  await expect(page.getByRole('alert')).toContainText('Your session ended');
  await expect(page.getByLabel('Reference', { exact: true })).toHaveValue('INC-4711');
  await expect(page.getByLabel('1 day')).toBeChecked();
  await page.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Link created');
});

test('several links can be revoked together', async ({ page, open, asPersona }) => {
  const note = ticket();
  await asPersona('dana');
  for (const repository of ['payments/payments-api', 'base/debian']) {
    await open(paths.repository(repository));
    await share(page, note);
  }
  await open(`${paths.links}?${new URLSearchParams({ q: note })}`);
  for (const box of await page.locator('tbody').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Revoke selected' }).click();
  await page.getByRole('button', { name: 'Revoke 2 links' }).click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('2 links were revoked');
});

test('an invalid field shows its error, and the input is kept', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('chao');
  await open(paths.newLink('base/debian'));
  await page.getByLabel('Reference', { exact: true }).fill('INC-4711');
  await page.getByLabel('Share as', { exact: true }).selectOption({ index: 1 });
  const chosen = await page.getByLabel('Share as', { exact: true }).inputValue();
  await page.getByLabel('Until this time, UTC').check();
  await page.getByLabel('Date and time, UTC').fill('2020-01-01T00:00');
  await page.getByRole('button', { name: 'Create link' }).click();
  await expect(page.getByRole('alert')).toContainText('No link was created');
  await expect(page.getByRole('group', { name: 'Expires' })).toContainText('at most 90 days');
  await expect(page.getByLabel('Reference', { exact: true })).toHaveValue('INC-4711');
  await expect(page.getByLabel('Share as', { exact: true })).toHaveValue(chosen);
  await expectNoAxeViolations(page, javaScriptEnabled);
});

test('a shared repository has pages', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('ben');
  await open(paths.repository('checkout/orders-worker'));
  const link = await share(page, ticket());
  await page.goto(link);
  await expect(page.locator('.shared-answer')).toContainText('as many as when this link was created');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/\/s\/[\w-]+\?page=2$/);
  await expect(page.getByText(/Page 2 of/)).toBeVisible();
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);
});

test('a shared page is small, runs no script and prints on one sheet', async ({ page, open, asPersona, javaScriptEnabled, isMobile }) => {
  test.skip(!javaScriptEnabled || isMobile, 'the same bytes and the same sheet in every project');
  await asPersona('ana');
  await open(paths.tag('storefront/users-api', 'latest'));
  const index = await image(page, 0);
  await open(index);
  const platform = await image(page, 0);
  for (const path of [index, platform, paths.repository('storefront/users-api')]) {
    await open(path);
    const link = await share(page, ticket());
    const transfers = await coldTransfers(page, link);
    expect(bytesOf(transfers), path).toBeLessThan(60_000);
    expect(bytesOf(transfers, ...code), path).toBe(0);
    const sheet = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(sheet.match(/\/Type\s*\/Page[^s]/g), path).toHaveLength(1);
  }
});

/** The path of an image that the open page links to. */
async function image(page: Page, which: number): Promise<string> {
  const path = await page.locator('main a[href^="/images/retail/sha256"]').nth(which).getAttribute('href');
  return path ?? '';
}
