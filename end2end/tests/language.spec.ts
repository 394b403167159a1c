/** Every page is in Chinese for a browser that prefers Chinese. */

import { expect, test } from '../support/gantry.ts';
import { personas } from '../support/people.ts';
import { visits } from '../support/visits.ts';

/** Names are not translated. */
const names: string[] = ['Gantry', 'English', ...Object.values(personas)];

/**
 * Chinese punctuation is full-width and has no spaces around it. Between Chinese characters and Latin letters or digits
 * there is one space.
 */
const misspaced =
  /\p{sc=Han}[A-Za-z0-9]|[A-Za-z0-9%]\p{sc=Han}|\p{sc=Han} ?[(),;:?!]|[(),;:?!]\p{sc=Han}|\p{sc=Han}\.( |$)|[，。；：？！（）、] | [，。；：？！（）、]/u;

test.use({ locale: 'zh-CN' });
test.skip(({ javaScriptEnabled, isMobile }) => javaScriptEnabled || isMobile, 'the server chooses the words');

for (const { page: name, path, persona } of visits) {
  test(`${persona ?? 'a visitor'} reads ${name} in Chinese`, async ({ page, open, context, baseURL }) => {
    // The sign-in page is in Chinese here, so the test finds a persona's button by name.
    if (persona) {
      await context.request.post('/sign-in', { form: { persona, return: '/' }, headers: { origin: baseURL ?? '' } });
    }
    await open(path);
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    await expect(page).toHaveTitle(/Gantry/);
    const words = await page.locator('body').evaluate((body) =>
      [...body.querySelectorAll('h1, h2, h3, th, label, button, nav a, summary')]
        .filter((element) => element.checkVisibility() && !element.closest('code, pre'))
        .map((element) => (element as HTMLElement).innerText.trim())
        .filter((text) => /^[A-Z][a-z]+( [a-z]+)*$/.test(text)),
    );
    expect(words.filter((word) => !names.includes(word)), 'left in English').toEqual([]);
    const text = await page.locator('body').evaluate((body) => {
      // For hidden text and badges, the stylesheet sets the distance.
      body.querySelectorAll('[aria-hidden="true"]').forEach((hidden) => hidden.remove());
      body.querySelectorAll('.badge').forEach((badge) => badge.before(' '));
      return (body as HTMLElement).innerText;
    });
    const lines = text.split(/[\n\t]+/);
    expect(lines.filter((line) => misspaced.test(line)), 'spaces and punctuation').toEqual([]);
  });
}
