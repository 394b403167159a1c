/** The palette: links to all pages, and the same search without JavaScript. */

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import type { Persona } from '../support/people.ts';
import { expectNoAxeViolations, expectNoHorizontalOverflow } from '../support/readable.ts';

test.describe('with JavaScript', () => {
  test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'the palette is made of it');

  test('a hit is a link that can open in a new tab', async ({ page, open, asPersona, context, isMobile }) => {
    test.skip(isMobile, 'phones have no keys to hold');
    await asPersona('ana');
    await open(paths.access);
    const palette = await search(page, 'users-api');
    const first = palette.getByRole('option').first();
    const href = await first.getAttribute('href');
    expect(href).toContain('users-api');
    for (const openTab of [
      () => first.click({ modifiers: ['ControlOrMeta'] }),
      () => first.click({ button: 'middle' }),
      () => page.keyboard.press('Control+Enter'),
    ]) {
      const [tab] = await Promise.all([context.waitForEvent('page'), openTab()]);
      await tab.waitForURL(href ?? '');
      await tab.close();
    }
    await expect(palette).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(paths.access);
    await first.click();
    await page.waitForURL(href ?? '');
  });

  test('Enter before the answer opens the first hit for the pasted text', async ({ page, open, asPersona, isMobile }) => {
    test.skip(isMobile, 'phones have no Enter to press at once');
    await asPersona('ana');
    await open(paths.access);
    const palette = await search(page, 'users-api');
    await expect(palette.getByRole('option').first()).toBeVisible();
    await palette.getByRole('combobox').fill('storefront/users-api:prod');
    await page.keyboard.press('Enter');
    await page.waitForURL(paths.tag('storefront/users-api', 'prod'));
  });

  test('the field announces the chosen hit and keeps the focus', async ({ page, open, asPersona, isMobile, javaScriptEnabled }) => {
    test.skip(isMobile, 'phones have no arrow keys');
    await asPersona('ana');
    await open(paths.access);
    const palette = await search(page, 'users-api');
    const field = palette.getByRole('combobox');
    const second = palette.getByRole('option').nth(1);
    await expect(second).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(second).toHaveAttribute('aria-selected', 'true');
    await expect(palette.getByRole('option', { selected: true })).toHaveCount(1);
    expect(await field.getAttribute('aria-activedescendant')).toBe(await second.getAttribute('id'));
    await expect(field).toBeFocused();
    await expectNoAxeViolations(page, javaScriptEnabled);
    const href = await second.getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL(href ?? '');
  });

  test('a late answer does not change the choice made by the arrow keys', async ({ page, open, asPersona, isMobile }) => {
    test.skip(isMobile, 'phones have no arrow keys');
    await asPersona('ana');
    await open(paths.access);
    const palette = await search(page, 'users-api');
    const second = palette.getByRole('option').nth(1);
    await expect(second).toBeVisible();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/search**', async (route) => {
      await released;
      await route.continue();
    });
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/search');
    await page.keyboard.press('End');
    await page.keyboard.type(' ');
    await asked;
    await page.keyboard.press('ArrowDown');
    await expect(second).toHaveAttribute('aria-selected', 'true');
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/search');
    release();
    await (await answered).finished();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await expect(second).toHaveAttribute('aria-selected', 'true');
  });

  const pages: [Persona, string[], string[]][] = [
    ['ana', ['Repositories', 'Links', 'My access', 'Your sessions'], ['Audit log', 'People']],
    ['farah', ['Repositories', 'Links', 'My access', 'Your sessions', 'Audit log', 'People'], []],
  ];
  for (const [persona, has, hasNot] of pages) {
    test(`${persona} finds only the pages that they may open`, async ({ page, open, asPersona }) => {
      await asPersona(persona);
      await open(paths.repositories);
      for (const name of has) {
        const palette = await search(page, name);
        const option = palette.getByRole('option').filter({ hasText: name }).first();
        const answer = await page.request.get((await option.getAttribute('href')) ?? '');
        expect(answer.status(), name).toBe(200);
        await page.keyboard.press('Escape');
      }
      for (const name of hasNot) {
        const palette = await search(page, name);
        await expect(palette.getByRole('status')).toContainText('No repository, tag or digest');
        await expect(palette.getByRole('option')).toHaveCount(0);
        await page.keyboard.press('Escape');
      }
    });
  }

  test('exact names come first, and the latest push first among them', async ({ page, open, asPersona }) => {
    await asPersona('ana');
    await open(paths.repositories);
    const palette = await search(page, 'prod');
    const options = await palette.getByRole('option').allTextContents();
    const old = options.findIndex((text) => text.includes('legacy/warehouse'));
    expect(options[0]).toMatch(/^prod/);
    expect(options[0]).not.toContain('legacy/warehouse');
    expect(options[0], 'an image by another tag, and when it was pushed').toMatch(/\d+\.\d+\.\d+.*ago|just now/);
    expect(old === -1 || old > 2).toBe(true);
  });

  test('when it closes, keys have a place to begin', async ({ page, open, asPersona }) => {
    await asPersona('ana');
    await open(paths.repositories);
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('banner').getByRole('button', { name: 'Search' })).toBeFocused();
  });

  test('the button that opens the palette is a button', async ({ page, open, asPersona }) => {
    await asPersona('ana');
    await open(paths.repositories);
    await expect(page.getByRole('banner').getByRole('link', { name: 'Search' })).toHaveCount(0);
    await page.getByRole('banner').getByRole('button', { name: 'Search' }).press('Space');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('banner').getByRole('button', { name: 'Search' })).toBeFocused();
  });
});

test('tags and digests can be searched without JavaScript', async ({ page, open, asPersona, javaScriptEnabled }) => {
  await asPersona('ana');
  await open(javaScriptEnabled ? paths.search : paths.repositories);
  if (!javaScriptEnabled) await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
  const main = page.getByRole('main');
  await main.getByRole('searchbox').fill('users-api latest');
  await main.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/\/search\?q=users-api\+latest$/);
  const found = main.getByRole('list', { name: 'Found' }).getByRole('link');
  await expect(found.first()).toHaveAttribute('href', paths.tag('storefront/users-api', 'latest'));
  await expectNoHorizontalOverflow(page);
  await expectNoAxeViolations(page, javaScriptEnabled);
  await open(`${paths.search}?q=${encodeURIComponent('<script>nothing</script>')}`);
  await expect(main).toContainText('No repository, tag or digest');
});

test('the palette does not find what only another team sees', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(`${paths.search}?q=ledger`);
  await expect(page.getByRole('main')).toContainText('No repository, tag or digest');
});

/** Opens the palette and types a text. */
async function search(page: Page, text: string): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Search' }).click();
  const palette = page.getByRole('dialog').filter({ has: page.getByRole('combobox') });
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/search');
  await palette.getByRole('combobox').fill(text);
  await answered;
  return palette;
}
