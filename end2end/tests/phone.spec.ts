/** On a phone, nothing is hidden without an indication, and there are no keyboard hints. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

test.skip(({ isMobile }) => !isMobile, 'about phones');

for (const [page_, path] of Object.entries({ 'audit log': paths.audit, people: paths.people })) {
  test(`the header shows that the ${page_} is open`, async ({ page, open, asPersona }) => {
    await asPersona('farah');
    await open(path);
    const links = page.getByRole('banner').getByRole('navigation').getByRole('link');
    expect(await links.count()).toBeGreaterThan(3);
    for (const link of await links.all()) {
      await expect(link).toBeInViewport({ ratio: 1 });
      const covered = await link.evaluate((link) => {
        const { x, y, width, height } = link.getBoundingClientRect();
        const ends = [x + 2, x + width - 2].map((end) => document.elementFromPoint(end, y + height / 2));
        return ends.filter((end) => end !== link).map((end) => end?.outerHTML.slice(0, 80));
      });
      expect(covered).toEqual([]);
    }
  });
}

test('the links of the header are on one line', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repositories);
  const links = await page.getByRole('banner').getByRole('navigation').getByRole('link').all();
  const tops = await Promise.all(links.map(async (link) => (await link.boundingBox())?.y));
  expect(tops).toHaveLength(3);
  expect(new Set(tops).size).toBe(1);
});

for (const path of [paths.repositories, paths.repository('storefront/users-api'), paths.search, paths.access]) {
  test(`the hint in the search box of ${path} is not cut`, async ({ page, open, asPersona }) => {
    await asPersona('ana');
    await open(path);
    const room = await page.getByRole('main').getByRole('searchbox').evaluate((box) => {
      const style = getComputedStyle(box);
      const context = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
      context.font = style.font;
      const inner = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return inner - context.measureText((box as HTMLInputElement).placeholder).width;
    });
    expect(room).toBeGreaterThanOrEqual(0);
  });
}

test('there are no keyboard hints', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repositories);
  await expect(page.locator('kbd:visible')).toHaveCount(0);
});

test('a grid that scrolls sideways indicates it', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.policy('storefront/users-api'));
  const grid = page.getByRole('region', { name: 'What the policy grants' });
  expect(await grid.evaluate((grid) => grid.scrollWidth - grid.clientWidth)).toBeGreaterThan(0);
  const shadow = await grid.evaluate((grid) => getComputedStyle(grid).backgroundImage);
  expect(shadow).toContain('gradient');
  // The shadow is below the cells, so they must be transparent, except the one that stays in view.
  const covers = await grid.locator('td').evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).backgroundColor));
  expect(new Set(covers)).toEqual(new Set(['rgba(0, 0, 0, 0)']));
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});
