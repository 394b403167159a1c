/** The search page, with text that people paste into it. */

import type { Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

const repository = 'storefront/users-api';

test('a copied reference finds its image', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.tag(repository, 'prod'));
  const command = await page.getByText(/^docker pull [^@]+:prod$/).first().textContent();
  const reference = await page.locator('[data-reference]').first().getAttribute('data-reference');
  for (const text of [command ?? '', reference ?? '', `${repository}:prod`]) {
    await search(open, text);
    await expect(hits(page).first()).toHaveAttribute('href', paths.tag(repository, 'prod'));
  }
});

test('a reference with a deleted tag finds its repository', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await search(open, `${repository}:is-not-there`);
  await expect(hits(page).first()).toHaveAttribute('href', paths.repository(repository));
  await expect(hits(page).first()).toContainText('no tag is-not-there');
});

test('a shortened list says so', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await search(open, '1');
  const note = page.getByText(/^\d+ of [\d,]+ matches are shown\. Type more to find the others\.$/);
  await expect(note).toBeVisible();
  await search(open, `${repository}:prod`);
  await expect(note).toHaveCount(0);
});

test('a search for too few digits says how many are needed', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  const note = page.getByText('Digests are searched from 4 digits on.');
  for (const short of ['sha256:3f9', '3f9']) {
    await search(open, short);
    await expect(note).toBeVisible();
  }
  await search(open, 'sha256:3f9a');
  await expect(note).toHaveCount(0);
});

test('a hit by tag shows when the image was pushed', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await search(open, `${repository}:prod`);
  await expect(hits(page).first()).toContainText(/tag · image pushed .+ ago/);
});

async function search(open: (path: string) => Promise<unknown>, text: string): Promise<void> {
  await open(`${paths.search}?${new URLSearchParams({ q: text })}`);
}

function hits(page: Page) {
  return page.getByRole('main').getByRole('list', { name: 'Found' }).getByRole('link');
}
