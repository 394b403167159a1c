/** The commands to copy. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

const latest = paths.tag('storefront/users-api', 'latest');

test.beforeEach(async ({ asPersona }) => asPersona('ana'));

test('each client has its commands, and the choice is remembered', async ({ page, open, javaScriptEnabled }) => {
  await open(latest);
  const main = page.getByRole('main');
  await expect(main.getByText(/^docker pull \S+\/storefront\/users-api:latest$/)).toBeVisible();
  await expect(main.getByText(/^docker pull \S+\/storefront\/users-api@sha256:[0-9a-f]{64}$/)).toBeVisible();
  for (const client of ['podman', 'nerdctl', 'finch', 'crictl']) {
    await main.getByText(client, { exact: true }).click();
    await expect(main.getByText(new RegExp(`^${client} pull .*users-api:latest$`))).toBeVisible();
    await expect(main.getByText(/^docker pull \S+:latest$/)).toBeHidden();
  }
  if (javaScriptEnabled) {
    await page.waitForLoadState('networkidle');
  } else {
    await main.getByRole('button', { name: 'Remember' }).click();
  }
  await open(latest);
  await expect(main.getByText(/^crictl pull .*users-api:latest$/)).toBeVisible();
});

test('snippets pin the digest', async ({ page, open }) => {
  await open(latest);
  const main = page.getByRole('main');
  await expect(main.locator('code').filter({ hasText: '"image":' })).toContainText(/users-api@sha256:[0-9a-f]{64}"/);
  await main.getByText('Kubernetes', { exact: false }).first().click();
  await expect(main.locator('code').filter({ hasText: 'imagePullPolicy' })).toContainText(/image: \S+@sha256:[0-9a-f]{64}/);
});

test('a copy button copies the whole text beside it', async ({ page, open, context, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, 'copying takes JavaScript');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(latest);
  const block = page.getByRole('main').locator('pre', { hasText: /^docker pull \S+@sha256/ }).locator('..');
  const command = await block.locator('code').textContent();
  await block.getByRole('button', { name: /^Copy/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' }).first()).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);
});

test('without JavaScript there are no copy buttons', async ({ page, open, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled, 'for pages without JavaScript');
  await open(latest);
  await expect(page.getByRole('button', { name: /^Copy/ }).locator('visible=true')).toHaveCount(0);
});

test('a chart has a Helm command and no container snippets', async ({ page, open }) => {
  await open(paths.repository('charts/storefront'));
  const tag = await page.locator('main a[href^="/tags/retail/"]').first().getAttribute('href');
  await open(tag ?? '');
  const main = page.getByRole('main');
  await expect(main.getByText(/^helm pull .*oci:\/\/\S+\/charts\/storefront --version \S+$/)).toBeVisible();
  await expect(main.getByText('Helm chart').first()).toBeVisible();
  await expect(main.getByText(/docker pull|imagePullPolicy/)).toHaveCount(0);
});
