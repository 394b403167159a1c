/**
 * Nothing moves: not when a page is hydrated, not while a list is filtered, and not when the exact time of something
 * shows.
 */

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

const repository = 'storefront/users-api';
const pages = {
  'the list of repositories': async () => paths.repositories,
  'a repository': async () => paths.repository(repository),
  'an image': async (page: Page) => {
    const html = await (await page.request.get(paths.repository(repository))).text();
    return paths.image(repository, /sha256:[0-9a-f]{64}/.exec(html)?.[0] ?? '');
  },
  'a tag': async () => paths.tag(repository, 'latest'),
  'a policy': async () => paths.policy(repository),
  'my access': async () => paths.access,
};

interface Shift {
  value: number;
  moved: string[];
}

for (const [name, pathOf] of Object.entries(pages)) {
  test(`nothing moves when ${name} is hydrated`, async ({ page, open, asPersona, javaScriptEnabled }) => {
    test.skip(!javaScriptEnabled, 'a page without scripts is never hydrated');
    await asPersona('ana');
    const path = await pathOf(page);
    await page.addInitScript(() => {
      const shifts: Shift[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) {
          const moved = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : String(node?.nodeName)));
          shifts.push({ value: entry.value, moved });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // The page is painted long before it is hydrated.
    await page.route('**/*.wasm', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await open(path);
    await settled(page);
    expect(await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts)).toEqual([]);
  });
}

test('columns stay in their places while filtering', async ({ page, open, asPersona, isMobile, javaScriptEnabled }) => {
  test.skip(isMobile || !javaScriptEnabled, 'a phone has cards, and without scripts a filter is another page');
  for (const [persona, path, words] of [
    ['ana', paths.repositories, 'orders-worker'],
    ['ana', paths.repository(repository), '1.7.3'],
  ] as const) {
    await asPersona(persona);
    await open(path);
    const before = await placesOf(page.locator('main thead:visible th'));
    await page.getByRole('main').getByRole('searchbox').focus();
    await expect(page.locator('[data-live]')).toBeAttached();
    for (const key of words) {
      await page.keyboard.type(key);
      expect(await placesOf(page.locator('main thead:visible th')), `after ${key}`).toEqual(before);
    }
    expect(await page.locator('main tbody tr:visible').count()).toBeLessThan(10);
  }
});

test('the facts of an image stay on one line in a wide window', async ({ page, open, asPersona, isMobile }) => {
  test.skip(isMobile, 'a phone has cards');
  await asPersona('ana');
  for (const width of [1280, 1440, 1680, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await open(paths.repository(repository));
    // The number of tags varies. If they fit beside the rest, they are on the same line.
    const cells = page.locator(width < 1680 ? 'main tbody td:visible' : 'main tbody tr:visible');
    const heights = await cells.evaluateAll((cells) =>
      cells.map((cell) => {
        const content = document.createRange();
        content.selectNodeContents(cell);
        return content.getBoundingClientRect().height;
      }),
    );
    expect(heights.length).toBeGreaterThan(10);
    expect(Math.max(...heights), `at ${width} pixels`).toBeLessThan(40);
  }
});

test('in a wide window, header and content are aligned', async ({ page, open, asPersona, isMobile }) => {
  test.skip(isMobile, 'a phone is not that wide');
  await asPersona('ana');
  for (const width of [1440, 1920, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await open(paths.repositories);
    const left = async (part: Locator) => Math.round((await part.boundingBox())?.x ?? -1);
    const heading = await left(page.getByRole('heading', { level: 1 }));
    expect(await left(page.getByRole('banner').getByRole('link', { name: 'Gantry' })), `at ${width} pixels`).toBe(heading);
    expect(await left(page.getByRole('contentinfo').locator('span').first())).toBe(heading);
  }
});

test('a heading stays where it is when the list is sorted by it', async ({ page, open, asPersona, isMobile }) => {
  test.skip(isMobile, 'cards have no heads');
  await asPersona('ana');
  const texts = (path: string) => open(path).then(() => placesOf(page.locator('main thead:visible th a, main thead:visible th')));
  expect(await texts(`${paths.repositories}?sort=size`)).toEqual(await texts(paths.repositories));
});

/** The positions of elements, in whole pixels. */
async function placesOf(elements: Locator): Promise<{ x: number; y: number; width: number }[]> {
  return elements.evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width } = element.getBoundingClientRect();
      return { x: Math.round(x), y: Math.round(y), width: Math.round(width) };
    }),
  );
}

/** Waits until changes are painted and measured. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))));
}
