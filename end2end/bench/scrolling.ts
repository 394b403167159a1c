/** How smoothly a list of thousands of rows scrolls, from its first row to its last. */

import type { BrowserContext } from '@playwright/test';
import { awake } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import type { Report } from './main.ts';

/** Scrolls through the whole list, one screen at a time, and times the frames. */
export async function scrolling(context: BrowserContext, report: Report): Promise<void> {
  const page = await context.newPage();
  await page.goto(paths.repositories);
  await awake(page);
  const main = page.getByRole('main');
  // The list is fetched when the filter gets the focus. After that it has no pages.
  await main.getByRole('searchbox').focus();
  await main.getByRole('link', { name: 'Next page' }).waitFor({ state: 'hidden' });
  // The functions in here have no names: tsx would wrap named functions in a helper that the browser does not have.
  const frames = await page.evaluate(async () => {
    const frames: number[] = [];
    let [last, still] = [performance.now(), 0];
    while (still < 60) {
      const before = window.scrollY;
      window.scrollBy(0, 700);
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      frames.push(now - last);
      [last, still] = [now, window.scrollY === before ? still + 1 : 0];
    }
    return frames.slice(0, -60);
  });
  const rows = await main.locator('tbody tr:visible').count();
  frames.sort((left, right) => left - right);
  const at = (share: number) => frames[Math.floor((frames.length - 1) * share)] ?? NaN;
  const method = 'Chromium: frames while scrolling from the first row to the last, 700 pixels each';
  report('frame while scrolling, median', at(0.5), 'ms', method, { rows, frames: frames.length });
  report('frame while scrolling, 99th of 100', at(0.99), 'ms', method, { rows, frames: frames.length });
  await page.close();
}
