/** Checks for every page: it is accessible in light and dark mode, and nothing is wider than the screen. */

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Runs all rules of axe in light mode, and the one about colours in dark mode. */
export async function expectNoAxeViolations(page: Page, javaScriptEnabled: boolean): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await withScripts(page, javaScriptEnabled, () => axe(page, colorScheme).analyze());
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help} (${node.target.join(' ')}: ${node.html.slice(0, 160)})`),
    );
    expect(found, `axe in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Checks the whole page except the later rows of long tables: they are like the first ones, and take minutes. */
function axe(page: Page, colorScheme: 'light' | 'dark'): AxeBuilder {
  const builder = new AxeBuilder({ page }).exclude('tbody tr:nth-child(n + 13)');
  if (colorScheme === 'dark') return builder.options({ resultTypes: ['violations'], runOnly: ['color-contrast'] });
  // Touch needs large targets. axe checks that only if asked.
  return builder.options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } });
}

/** Lists the elements that exceed the screen, unless an ancestor scrolls. */
export async function expectNoHorizontalOverflow(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const tooWide = await page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (element: Element) => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
    const contained = (element: Element) => {
      for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
        if (scrolls(around)) return true;
      }
      return false;
    };
    const outside = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > width + 1 && !contained(element),
    );
    return ['the page', ...outside.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
  }, width);
  expect(tooWide, `wider than ${width} pixels`).toEqual([]);
}

/**
 * Makes axe's own timers work in a page whose scripts are off. The page's scripts still do not run: the parser has
 * skipped them. Chromium counts this setting by client, so ours must be turned on before it can be turned off.
 */
async function withScripts<T>(page: Page, javaScriptEnabled: boolean, work: () => Promise<T>): Promise<T> {
  if (javaScriptEnabled) return work();
  const client = await page.context().newCDPSession(page);
  const disable = (value: boolean) => client.send('Emulation.setScriptExecutionDisabled', { value });
  await disable(true);
  await disable(false);
  try {
    return await work();
  } finally {
    await disable(true);
    await client.detach();
  }
}
