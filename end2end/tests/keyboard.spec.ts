/** Keyboard access. Every shortcut in the help under `?` is tested here. */

import type { Page } from '@playwright/test';
import { awake, expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

test.skip(({ javaScriptEnabled, isMobile }) => !javaScriptEnabled || isMobile, 'keys are for desktops with JavaScript');
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const repository = 'storefront/users-api';

test.beforeEach(async ({ asPersona }) => asPersona('ana'));

test('/ moves to the filter, Escape leaves it', async ({ page, open }) => {
  await open(paths.repositories);
  await page.keyboard.press('/');
  const filter = page.getByRole('main').getByRole('searchbox');
  await expect(filter).toBeFocused();
  await expect(filter).toHaveValue('');
  await page.keyboard.type('users/');
  await expect(filter).toHaveValue('users/');
  // The browser's own Escape empties the box; the next Escape leaves it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(filter).not.toBeFocused();
});

test('j and k walk the rows, Enter opens one', async ({ page, open }) => {
  await open(paths.repositories);
  await page.keyboard.press('j');
  expect(await focusedRow(page)).toBe(0);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await focusedRow(page)).toBe(2);
  await page.keyboard.press('k');
  expect(await focusedRow(page)).toBe(1);
  const name = await page.getByRole('main').locator('tbody tr:visible').nth(1).getByRole('link').first().textContent();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name?.trim() ?? '');
});

test('c copies the reference of the row that has the focus', async ({ page, open }) => {
  await open(paths.repository(repository));
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' }).first()).toBeAttached();
  expect(await clipboard(page)).toMatch(/\/storefront\/users-api[@:]\S+$/);
});

test('c copies the reference of the page', async ({ page, open }) => {
  await open(paths.tag(repository, 'latest'));
  await page.keyboard.press('c');
  await expect(page.getByRole('status').filter({ hasText: 'Copied' }).first()).toBeAttached();
  expect(await clipboard(page)).toMatch(/\/storefront\/users-api[@:]\S+$/);
});

test('? shows the keys, and typing it into a field does not', async ({ page, open }) => {
  await open(paths.repositories);
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await page.keyboard.press('/');
  await page.keyboard.type('?');
  await expect(help).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(help).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

for (const chord of ['Control+k', 'Meta+k']) {
  test(`${chord} opens the palette`, async ({ page, open }) => {
    await open(paths.access);
    await page.keyboard.press(chord);
    const palette = page.getByRole('dialog').filter({ has: page.getByRole('combobox') });
    await expect(palette).toBeVisible();
    await page.keyboard.type('users-api');
    await expect(palette.getByRole('option').first()).toContainText('users-api');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/users-api/);
    await awake(page);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('users-api');
  });
}

test('the first Tab stop skips to the content, and the focus is always visible', async ({ page, open }) => {
  await open(paths.repositories);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  for (let step = 0; step < 25; step++) {
    const outline = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 'nothing has the focus';
      const style = getComputedStyle(focused);
      const shows = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      return shows ? 'shows' : `does not show: ${focused.outerHTML.slice(0, 120)}`;
    });
    expect(outline).toBe('shows');
    await page.keyboard.press('Tab');
  }
});

/** The position of the table row that has the focus; -1 if none has it. */
async function focusedRow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll('main tbody tr')].filter((row) => row.checkVisibility());
    return rows.findIndex((row) => row.contains(document.activeElement));
  });
}

async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}
