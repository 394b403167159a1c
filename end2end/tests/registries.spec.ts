/** Two registries in different accounts and regions. One of them cannot be read for some time. */

import type { Locator, Page } from '@playwright/test';
import { awake } from '../support/gantry.ts';
import { expect, signInAs, test as base } from '../support/oidc.ts';
import { paths } from '../support/paths.ts';
import { freePort } from '../support/ports.ts';
import { serve, startPartner } from '../support/served.ts';

interface Partner {
  /** The address of the carrier's registry. */
  url: string;
  /** Stops the registry. */
  down: () => Promise<void>;
  /** Ends the effect of `down`. */
  up: () => Promise<void>;
}

/** Policies are read every four seconds, and failed reads are repeated sooner. */
const hurried = '[access]\npolicy_max_age = "12s"\n';

const test = base.extend<{ partner: Partner }>({
  partner: async ({}, use) => {
    const port = await freePort();
    let registry = await startPartner(port);
    const up = async () => void (registry = await startPartner(port));
    await use({ url: registry.url, down: () => registry.stop(), up });
    await registry.stop();
  },

  served: async ({ address, provider, registry, partner }, use) => {
    const served = await serve(address, provider.issuer, registry, { url: partner.url, stop: partner.down });
    await use(served);
    await provider.stop();
    await served.stop();
  },
});

const shared = 'storefront/users-api';

test('the list shows the registry of each repository and filters by it', async ({ page, isMobile, javaScriptEnabled }) => {
  await signInAs(page, 'ana');
  const main = page.getByRole('main');
  await everythingIsRead(page);
  const rows = rowsOf(page).filter({ hasText: shared }).filter({ hasNotText: /prod|staging/ });
  await expect(rows).toHaveCount(2);
  for (const registry of ['retail', 'partner']) {
    const row = rows.filter({ has: page.getByRole('link', { name: registry, exact: true }) });
    await expect(row.getByRole('link', { name: shared })).toHaveAttribute('href', `/repositories/${registry}/${shared}`);
  }
  if (javaScriptEnabled) await awake(page);
  await main.getByLabel('Registry').selectOption('partner');
  if (!javaScriptEnabled) await main.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/[?&]registry=partner/);
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(main.getByText(/^3 of \d+ repositories in 2 registries$/)).toBeVisible();
  if (!isMobile) await expect(page.getByRole('columnheader', { name: /Registry/ })).toBeVisible();
  await page.reload();
  await expect(rowsOf(page)).toHaveCount(3);
  await expect(main.getByLabel('Registry')).toHaveValue('partner');
});

test('a registry has its own page, and breadcrumbs and namespaces link to it', async ({ page, isMobile, javaScriptEnabled }) => {
  test.skip(isMobile, 'the pages are the same on a phone');
  await signInAs(page, 'ana');
  await everythingIsRead(page);
  await page.goto(`/repositories/partner/${shared}`);
  await expect(page).toHaveTitle(`${shared} · partner · Gantry`);
  await page.getByRole('navigation').getByRole('link', { name: 'partner', exact: true }).click();
  await expect(page).toHaveURL('/repositories/partner');
  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Registry partner');
  await expect(main).toContainText('444455556666');
  await expect(main).toContainText('eu-west-1');
  await expect(main.getByText('3 repositories', { exact: true })).toBeVisible();
  if (javaScriptEnabled) await awake(page);
  const filter = main.getByRole('searchbox');
  await filter.fill('users');
  if (!javaScriptEnabled) await filter.press('Enter');
  await expect(page).toHaveURL(/\/repositories\/partner\?q=users(&|$)/);
  await expect(rowsOf(page)).toHaveCount(1);
  await page.goto('/repositories/partner/storefront/');
  await expect(page).toHaveURL('/repositories/partner?namespace=storefront');
  await expect(rowsOf(page)).toHaveCount(1);
});

test('the palette distinguishes hits with the same name', async ({ page, isMobile, javaScriptEnabled }) => {
  test.skip(isMobile || !javaScriptEnabled, 'the palette is for desktops with JavaScript');
  await signInAs(page, 'ana');
  await everythingIsRead(page);
  await awake(page);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await palette.getByRole('combobox').fill('users-api latest');
  const hits = palette.getByRole('option').filter({ hasText: 'latest' });
  await expect(hits.filter({ hasText: `${shared} · partner` })).toHaveCount(1);
  await expect(hits.filter({ hasText: `${shared} · retail` })).toHaveCount(1);
  await palette.getByRole('combobox').fill('users-api latest partner');
  await expect(hits).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/tags/partner/latest/${shared}`);
});

test('while one registry fails, the other works, and the page says so until it recovers', async ({ page, served, partner, isMobile }) => {
  test.skip(isMobile, 'the pages are the same on a phone');
  test.slow();
  await served.restart((configuration) => `${configuration}\n${hurried}`);
  await signInAs(page, 'ana');
  const main = page.getByRole('main');
  await everythingIsRead(page);
  await partner.down();
  const remark = main.getByText(/^Gantry cannot read the registry partner/);
  await reloadUntil(page, remark);
  await reloadUntil(page, main.getByText(/^\d+ repositories in 1 of 2 registries$/));
  await expect(main).toContainText('Amazon ECR did not answer in time.');
  const healthy = await page.goto(paths.repository(shared));
  expect(healthy?.status()).toBe(200);
  await expect(remark).toHaveCount(0);
  const failing = await page.goto(`/repositories/partner/${shared}`);
  expect(failing?.status()).toBe(503);
  await expect(remark).toBeVisible();
  await partner.up();
  await page.goto(paths.repositories);
  await reloadUntil(page, main.getByText(/ in 2 registries$/));
  await expect(remark).toHaveCount(0);
  expect(served.log().filter((line) => line.includes('Gantry cannot read the registry')).length).toBeGreaterThan(0);
  expect(served.log().filter((line) => line.includes('Gantry can read the registry again')).length).toBeGreaterThan(0);
});

/** Waits until the images of every repository are known. */
async function everythingIsRead(page: Page): Promise<void> {
  await reloadUntil(page, page.getByRole('main').getByText(/^\d+ repositories in 2 registries$/));
}

function rowsOf(page: Page): Locator {
  return page.getByRole('main').locator('tbody tr:visible');
}

/** Reloads the page until it shows something. */
async function reloadUntil(page: Page, shown: Locator): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(shown).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
}
