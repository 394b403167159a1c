/** Times: relative on the page, exact on hover, on focus and on tap. */

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

test.use({ timezoneId: 'Asia/Shanghai' });

const utc = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;

test.beforeEach(async ({ asPersona, open }) => {
  await asPersona('ana');
  await open(paths.repositories);
});

test('an exact time shows over the page, also in the time zone of the reader', async ({ page, isMobile, javaScriptEnabled }) => {
  const time = page.locator('main tbody time:visible').first();
  await expect(time).toHaveText(/ago$/);
  expect(await shownWith(time)).toBe('none');
  const before = await layout(page);
  await (isMobile ? time.tap() : time.hover());
  await expect.poll(() => shownWith(time)).toMatch(utc);
  if (javaScriptEnabled) {
    await expect(time).toHaveAttribute('data-local', /^\w{3} \d{1,2}, \d{4}, \d\d:\d\d:\d\d GMT\+8$/);
    expect(await shownWith(time)).toContain('GMT+8');
  }
  expect(await layout(page)).toEqual(before);
});

test('an exact time can have the keyboard focus', async ({ page, open }) => {
  await open(paths.tag('storefront/users-api', 'latest'));
  const time = page.locator('main time[tabindex]:visible').first();
  await time.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect.poll(() => shownWith(time)).toMatch(utc);
});

test('a row shows its exact times while it has the focus, and they are no Tab stops', async ({ page, open }) => {
  for (const path of [paths.repositories, paths.repository('storefront/users-api')]) {
    await open(path);
    const row = page.locator('main tbody tr:visible').first();
    await expect(row.locator('time[tabindex]')).toHaveCount(0);
    const time = row.locator('time').first();
    expect(await shownWith(time), path).toBe('none');
    await page.locator('main .list-summary time:visible').focus();
    while (!(await row.evaluate((row) => row.contains(document.activeElement)))) await page.keyboard.press('Tab');
    await expect.poll(() => shownWith(time), path).toMatch(utc);
  }
});

test('exact times stay on the screen everywhere', async ({ page, open, isMobile }) => {
  for (const path of [paths.repository('storefront/users-api'), paths.tag('storefront/users-api', 'latest')]) {
    await open(path);
    for (const width of isMobile ? [390] : [768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      const times = await page.locator('main time:visible').all();
      for (const time of times.slice(0, 8)) {
        await (isMobile ? time.tap() : time.hover());
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider, `${path} at ${width} pixels`).toBeLessThanOrEqual(0);
      }
    }
  }
});

/** The text that the stylesheet draws over the page. */
async function shownWith(time: Locator): Promise<string> {
  return time.evaluate((time) => getComputedStyle(time, '::after').content);
}

async function layout(page: Page): Promise<number[]> {
  return page.locator('main tbody tr:visible').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().y + window.scrollY));
}
