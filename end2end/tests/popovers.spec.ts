/** Popovers close: on Escape, on a click elsewhere, and when another one opens. */

import { expect, openMenu, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import { expectNoAxeViolations, expectNoHorizontalOverflow } from '../support/readable.ts';

test('the account menu closes by Escape and by a click elsewhere', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('ana');
  await open(paths.repositories);
  const button = page.getByRole('button', { name: 'Account and preferences' });
  const menu = await openMenu(page);
  await expect(menu).toBeVisible();
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(menu).toBeHidden();
});

test('only one list of all actions is open at a time, and it can be closed', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('chao');
  await open(paths.access);
  const buttons = page.getByRole('main').getByRole('button', { name: 'All actions' });
  const lists = page.locator('.every-action-list:popover-open');
  for (const which of [0, 1]) {
    const button = buttons.nth(which);
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(lists).toHaveCount(1);
    await expect(lists).toContainText('ListImages');
    await expectNoHorizontalOverflow(page);
    const box = await lists.boundingBox();
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height).toBe(true);
  }
  await expectNoAxeViolations(page, javaScriptEnabled);
  await page.keyboard.press('Escape');
  await expect(lists).toHaveCount(0);
  await expect(buttons.nth(1)).toBeFocused();
  await buttons.first().click();
  await expect(lists).toHaveCount(1);
  await page.getByRole('heading', { level: 1 }).click();
  await expect(lists).toHaveCount(0);
});
