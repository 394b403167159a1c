/** Lists: filters and sorting apply to the whole list, and every view has a URL. */

import type { Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

const long = paths.repository('checkout/orders-worker');

test('the filter works while typing', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('ana');
  await open(paths.repositories);
  const filter = page.getByRole('main').getByRole('searchbox');
  await filter.fill('products');
  if (!javaScriptEnabled) await filter.press('Enter');
  await expect(page).toHaveURL(/[?&]q=products/);
  await expect(async () => {
    const names = await firstColumn(page);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !name.includes('products'))).toEqual([]);
  }).toPass();
  await filter.fill('no repository is called this');
  if (!javaScriptEnabled) await filter.press('Enter');
  await expect(page.getByRole('main').locator('tbody tr:visible')).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText(/no repositor/i);
});

test('every repository has a single line', async ({ page, open, asPersona, isMobile }) => {
  test.skip(isMobile, 'a phone shows cards');
  await asPersona('ana');
  await open(paths.repositories);
  const rows = page.getByRole('main').locator('tbody tr:visible');
  const heights = await rows.evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)));
  expect(heights.length).toBeGreaterThan(10);
  expect([...new Set(heights)]).toHaveLength(1);
  // The rest of a cell's content shows on hover.
  await expect(page.getByTitle('no findings, 6 of 7 scanned, 1 scan failed').first()).toHaveText('no findings, 6 of 7 scanned');
});

test('images can be filtered by the state of their scan', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  const found = async (state: string) => {
    await open(`${paths.repository('suspicious/upload')}?severity=${state}`);
    return firstColumn(page);
  };
  expect(await found('scan-failed')).toHaveLength(1);
  expect(await found('not-scanned')).toEqual([]);
  expect(await found('not-known')).toEqual([]);
});

test('a filter applies to all pages', async ({ page, open, asPersona }) => {
  await asPersona('ben');
  await open(`${long}?sort=pushed`);
  const newest = await firstColumn(page);
  await open(`${long}?sort=pushed&order=asc`);
  const [oldest] = await firstColumn(page);
  expect(newest).not.toContain(oldest);
  await open(`${long}?sort=pushed&q=${encodeURIComponent(oldest ?? '')}`);
  expect(await firstColumn(page)).toContain(oldest);
});

test('a click on a column sorts the whole list, a second click reverses it', async ({ page, open, asPersona, isMobile }) => {
  test.skip(isMobile, 'a narrow table may show its columns otherwise');
  await asPersona('ana');
  await open(paths.repositories);
  const head = () => page.getByRole('columnheader', { name: /Size/ });
  await head().getByRole('link').click();
  await expect(head()).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/sort=size/);
  const descending = await firstColumn(page);
  await head().getByRole('link').click();
  await expect(head()).toHaveAttribute('aria-sort', 'ascending');
  const ascending = await firstColumn(page);
  expect(ascending).not.toEqual(descending);
  expect([...ascending].sort()).toEqual([...descending].sort());
});

test('pages of a long list follow each other without a gap', async ({ page, open, asPersona }) => {
  await asPersona('ben');
  await open(long);
  const first = await firstColumn(page);
  expect(first.length).toBe(100);
  await page.getByRole('main').getByRole('link', { name: 'Next page' }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByRole('main').getByRole('link', { name: 'Previous page' })).toBeVisible();
  const second = await firstColumn(page);
  expect(second.filter((row) => first.includes(row))).toEqual([]);
});

test('a live list shows more rows while scrolling, up to the last one', async ({ page, open, asPersona, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without JavaScript, a long list has pages');
  await asPersona('ben');
  await open(long);
  const main = page.getByRole('main');
  // The list is fetched when the filter gets the focus. After that it has no pages.
  await main.getByRole('searchbox').focus();
  await expect(main.getByRole('link', { name: 'Next page' })).toBeHidden();
  const summary = await main.getByRole('status').filter({ hasText: 'images' }).textContent();
  const all = Number(summary?.match(/\d+(?= images)/)?.[0]);
  expect(all).toBeGreaterThan(100);
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    expect(await firstColumn(page)).toHaveLength(all);
  }).toPass();
  expect(new Set(await firstColumn(page)).size).toBe(all);
});

test('a filtered list is restored on return', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  const filtered = `${paths.repositories}?q=users&sort=size`;
  await open(filtered);
  const names = await firstColumn(page);
  await page.getByRole('main').locator('tbody').getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('users');
  await page.goBack();
  await expect(page).toHaveURL(filtered);
  await expect(page.getByRole('main').getByRole('searchbox')).toHaveValue('users');
  expect(await firstColumn(page)).toEqual(names);
});

test('returning to a long list shows the row that was opened', async ({ page, open, asPersona, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'without JavaScript, a long list has pages');
  await asPersona('ben');
  await open(long);
  const main = page.getByRole('main');
  await main.getByRole('searchbox').focus();
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    expect((await firstColumn(page)).length).toBeGreaterThan(250);
  }).toPass();
  const row = main.locator('tbody tr:visible').nth(200);
  await row.scrollIntoViewIfNeeded();
  const [rows, scrolled] = [await firstColumn(page), await page.evaluate(() => window.scrollY)];
  await row.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/tags\//);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Tag');
  await page.goBack();
  await expect(async () => {
    expect(await firstColumn(page)).toEqual(rows);
    expect(Math.abs((await page.evaluate(() => window.scrollY)) - scrolled)).toBeLessThan(4);
  }).toPass();
  // A link always opens the top of the list.
  await open(paths.access);
  await open(long);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  expect(await firstColumn(page)).toHaveLength(100);
});

test('filters can be cleared if any is set, and nothing moves', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  for (const [path, choice, value] of [
    [paths.repositories, 'mutability', 'immutable'],
    [paths.repository('storefront/users-api'), 'tags', 'tagged'],
  ] as const) {
    await open(path);
    const main = page.getByRole('main');
    const clear = main.getByRole('link', { name: 'Clear filters' });
    // From the top of the page: a field that is typed into scrolls into view.
    const top = () => main.locator('.list-summary:visible').evaluate((it) => it.getBoundingClientRect().top + window.scrollY);
    const before = await top();
    await expect(clear).toHaveCount(0);
    await main.locator(`select[name=${choice}]`).selectOption(value);
    await expect(clear).toBeVisible();
    await main.locator(`select[name=${choice}]`).selectOption('');
    await expect(clear).toHaveCount(0);
    await main.getByRole('searchbox').fill('a');
    await expect(clear).toBeVisible();
    expect(await top()).toBe(before);
    await clear.click();
    await expect(page).toHaveURL(path);
    await expect(main.getByRole('searchbox')).toHaveValue('');
    await expect(clear).toHaveCount(0);
  }
});

test('a row shows its floating tag first, then its version, then its commit', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(`${paths.repository('storefront/users-api')}?tags=tagged`);
  const rows = await page.getByRole('main').locator('tbody tr:visible').evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll('.tag')].map((tag) => [tag.className, tag.firstChild?.textContent ?? ''])),
  );
  const rank = ([look, tag]: string[]) => (!look?.includes('unique') ? 0 : /^v?\d+\.\d/.test(tag ?? '') ? 1 : 2);
  const ranks = rows.map((row) => row.map(rank));
  expect(ranks.filter((row) => row.length > 2).length).toBeGreaterThan(2);
  for (const row of ranks) expect(row).toEqual([...row].sort());
});

test('sorting by tags orders rows by the first tag that they show', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(`${paths.repository('storefront/users-api')}?tags=tagged&sort=tag&order=asc`);
  const names = (await firstColumn(page)).filter((name) => /^\d+\.\d+\.\d+-build\.\d+$/.test(name));
  expect(names.length).toBeGreaterThan(5);
  const builds = names.map((name) => Number(name.split('.').at(-1)));
  expect(builds).toEqual([...builds].sort((left, right) => left - right));
});

test('every list shows its count and when it was read', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  for (const path of [paths.repositories, paths.repository('storefront/users-api')]) {
    await open(path);
    const main = page.getByRole('main');
    await expect(main).toContainText(/as of/i);
    await expect(main).toContainText(/\d+ (of \d+ )?(repositories|images)/);
    await expect(main.locator('time[datetime]').first()).toBeAttached();
  }
});

test('the team is named if there are several', async ({ page, open, asPersona, isMobile }) => {
  test.skip(isMobile, 'cards have no heads');
  const team = page.getByRole('columnheader', { name: 'Through team' });
  await asPersona('chao');
  await open(paths.repositories);
  await expect(team).toBeVisible();
  await expect(page.getByLabel('Through team')).toBeVisible();
  // It would be the same in every row.
  await asPersona('ana');
  await open(paths.repositories);
  await expect(team).toBeHidden();
  await expect(page.getByLabel('Through team')).toBeHidden();
});

/** The names of the rows, from first to last: their first links, without text for screen readers. */
async function firstColumn(page: Page): Promise<string[]> {
  const rows = page.getByRole('main').locator('tbody tr:visible');
  return rows.evaluateAll((rows) => {
    const shown = (node: ChildNode) => !(node instanceof Element && node.classList.contains('visually-hidden'));
    return rows.map((row) => {
      const parts = [...(row.querySelector('a')?.childNodes ?? [])].filter(shown);
      return parts.map((part) => part.textContent).join('').trim();
    });
  });
}
