/** Copying: readers see and hear whether it succeeded. */

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'copying takes JavaScript');

const repository = paths.repository('storefront/users-api');

test.beforeEach(async ({ asPersona, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await asPersona('ana');
});

test('a copy button shows a tick and announces it, and nothing moves', async ({ page, open }) => {
  await open(repository);
  const button = page.getByRole('main').getByRole('button', { name: /^Copy digest/ }).first();
  await button.scrollIntoViewIfNeeded();
  const before = await layout(page);
  await button.click();
  await expectSaid(page, 'Copied');
  await expect(button.locator('use')).toHaveAttribute('href', '#icon-check');
  expect(await layout(page)).toEqual(before);
  await expect(page.locator('#announcements')).toBeEmpty();
  await expect(button.locator('use')).toHaveAttribute('href', '#icon-copy');
});

test('the shortcut and a selection of several references are announced too', async ({ page, open, isMobile }) => {
  test.skip(isMobile, 'phones have no keys, and no boxes to tick');
  await open(repository);
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await expectSaid(page, 'Copied');
  await expect(page.locator('#announcements')).toBeEmpty();
  await page.getByRole('main').getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Copy references' }).click();
  await expectSaid(page, 'Copied');
});

test('a copy that fails says what to do', async ({ page, open }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('no clipboard today'));
  });
  await open(repository);
  const button = page.getByRole('main').getByRole('button', { name: /^Copy digest/ }).first();
  await button.click();
  await expectSaid(page, 'Copying failed');
  await expect(button.locator('use')).toHaveAttribute('href', '#icon-copy');
});

test('the announcement is in the language of the reader', async ({ page, open, context, baseURL }) => {
  await context.addCookies([{ name: 'gantry_preferences', value: 'zh', url: baseURL ?? '' }]);
  await open(repository);
  await page.getByRole('main').getByRole('button', { name: /^复制/ }).first().click();
  await expectSaid(page, '已复制');
});

test('each button says what it copies', async ({ page, open }) => {
  await open(repository);
  const buttons = page.getByRole('main').getByRole('button', { name: /^Copy digest/ });
  const names = await buttons.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  expect(names.length).toBeGreaterThan(10);
  expect(new Set(names).size).toBe(names.length);
  expect(names[0]).toMatch(/^Copy digest [0-9a-f]{12}$/);
});

/** Waits until the announcement is visible and readable by screen readers. */
async function expectSaid(page: Page, words: string): Promise<void> {
  const said: Locator = page.locator('#announcements[role=status]');
  await expect(said).toContainText(words);
  await expect(said).toBeVisible();
  await expect(said).toBeInViewport();
}

/** The positions of all elements. */
async function layout(page: Page): Promise<string[]> {
  return page.locator('main :not(svg *):visible').evaluateAll((elements) =>
    elements.slice(0, 400).map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.tagName, x, y, width, height].join(' ');
    }),
  );
}
