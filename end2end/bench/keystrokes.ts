/** How long a filter over a thousand repositories takes from the last keystroke to the painted rows. */

import type { BrowserContext, Page } from '@playwright/test';
import { awake } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import type { Report } from './main.ts';

const rounds = 20;

/** The text to type. All but its last letter match every repository of the list; with the last letter, fifty match. */
const [letters, last] = ['service-0', '5'];

/** Types a word letter by letter and times the last letter. */
export async function keystrokes(context: BrowserContext, report: Report): Promise<void> {
  const page = await context.newPage();
  await page.goto(paths.repositories);
  await awake(page);
  const filter = page.getByRole('main').getByRole('searchbox');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await filter.fill('');
    await filter.pressSequentially(letters, { delay: 30 });
    await page.waitForTimeout(500);
    times.push(await paintAfter(page, () => filter.press(last)));
  }
  times.sort((left, right) => left - right);
  const list = await page.getByRole('main').getByText(/^[\d,]+ of [\d,]+ repositories/).locator('visible=true').textContent();
  const method = `Chromium: from the input event's time stamp to the frame after the last change of the page, ${rounds} rounds`;
  report('last keystroke to painted filter, median', times[rounds / 2] ?? NaN, 'ms', method, { list });
  report('last keystroke to painted filter, worst', times.at(-1) ?? NaN, 'ms', method, { list });
  await page.close();
}

/**
 * Milliseconds from the next input event to the frame that shows the last change after it; NaN if nothing changed. The
 * functions in here have no names: tsx would wrap named functions in a helper that the browser does not have.
 */
async function paintAfter(page: Page, act: () => Promise<void>): Promise<number> {
  const painted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let painted = NaN;
        document.addEventListener(
          'input',
          ({ timeStamp }) => {
            let timer = setTimeout(() => resolve(NaN), 1_000);
            const observer = new MutationObserver(() => {
              // A frame is painted after its callbacks. A task that is queued there runs right after the painting.
              requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => (painted = performance.now());
                port2.postMessage(null);
              });
              clearTimeout(timer);
              timer = setTimeout(() => (observer.disconnect(), resolve(painted - timeStamp)), 500);
            });
            observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
          },
          { once: true, capture: true },
        );
      }),
  );
  await act();
  return painted;
}
