/** Shortened digests, as people copy them. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

const repository = 'storefront/users-api';

test('a short digest in the URL opens the image', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repository(repository));
  const image = await page.getByRole('main').locator('.digest a').first().getAttribute('href');
  const digest = /sha256:[0-9a-f]{64}/.exec(image ?? '')?.[0] ?? '';
  for (const short of [digest.slice(7, 19), digest.slice(0, 19), digest.slice(7, 70)]) {
    await open(paths.image(repository, short));
    expect(new URL(page.url()).pathname, short).toBe(paths.image(repository, digest));
    await expect(page.getByRole('heading', { level: 1 })).toContainText(digest.slice(7, 19));
  }
  // One digit is wrong: the page offers the right digest.
  const wrong = digest.slice(7, 18) + (digest[18] === '0' ? '1' : '0');
  const answer = await open(paths.image(repository, wrong));
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such image');
  await page.getByRole('main').getByRole('link', { name: digest.slice(7, 19) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(digest.slice(7, 19));
});

test('a short digest reveals nothing about a hidden repository', async ({ page, asPersona }) => {
  await asPersona('ana');
  for (const name of ['payments/ledger', 'payments/nobody']) {
    const answer = await page.request.get(paths.image(name, '000000000000'), { maxRedirects: 0 });
    expect(answer.status(), name).toBe(404);
    expect(await answer.text(), name).toContain('Not found');
  }
});

test('browsers that request favicon.ico get an icon', async ({ page }) => {
  const answer = await page.request.get('/favicon.ico', { maxRedirects: 0 });
  expect(answer.status()).toBe(200);
  expect(answer.headers()['content-type']).toBe('image/svg+xml');
});
