/** The audit log: administrators search it and export it. */

import type { Page } from '@playwright/test';
import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

/** A name that no other refusal has: the log counts equal refusals instead of repeating them. */
function freshName(): string {
  return `payments/${crypto.randomUUID()}`;
}

/** Sends a request that the policies refuse, so that the log has a row; the request ID finds it. */
async function refusedWrite(page: Page, name: string): Promise<string> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post('/lifecycle/preview', {
    form: { registry: 'retail', name },
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  });
  expect(answer.status()).toBe(404);
  return answer.headers()['x-request-id'] ?? '';
}

test('a refused write is found by its request ID', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repositories);
  const name = freshName();
  const request = await refusedWrite(page, name);
  await asPersona('farah');
  await open(paths.repositories);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Audit log');
  const main = page.getByRole('main');
  await main.getByRole('searchbox').fill(request);
  await main.getByRole('button', { name: 'Search' }).click();
  const rows = main.locator('tbody tr');
  await expect(rows).toHaveCount(1);
  for (const said of ['Ana', `retail/${name}`, 'ecr:StartLifecyclePolicyPreview', 'refused', request]) {
    await expect(rows).toContainText(said);
  }
  await main.getByLabel('Outcome').selectOption('done');
  await main.getByRole('button', { name: 'Search' }).click();
  await expect(main).toContainText('No row matches');
});

test('an export has the filtered rows', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repositories);
  const request = await refusedWrite(page, freshName());
  await asPersona('farah');
  await open(`${paths.audit}?q=${request}`);
  const main = page.getByRole('main');
  for (const [name, file] of [
    ['CSV', 'gantry-audit.csv'],
    ['JSON Lines', 'gantry-audit.jsonl'],
  ] as const) {
    const href = await main.getByRole('link', { name }).getAttribute('href');
    const answer = await page.request.get(href ?? '');
    expect(answer.headers()['content-disposition']).toContain(file);
    expect(await answer.text()).toContain(request);
  }
});

test('long rows fit on a phone', async ({ page, open, asPersona }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await asPersona('ana');
  await open(paths.repositories);
  await refusedWrite(page, freshName());
  await asPersona('farah');
  await open(paths.audit);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('a row shows the exact time and folds details', async ({ page, open, asPersona }) => {
  await asPersona('farah');
  await open(paths.audit);
  const row = page.getByRole('main').locator('tbody tr').first();
  await expect(row.locator('time')).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  const hash = row.getByText(/^[0-9a-f]{64}$/);
  await expect(hash).toBeHidden();
  await row.getByText('Request and hash').click();
  await expect(hash).toBeVisible();
});

test('the audit log does not exist for other people', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.repositories);
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(0);
  for (const path of [paths.audit, `${paths.audit}/export.csv`, `${paths.audit}/export.jsonl`]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
});
