/** What real clients push shows in Gantry, and the command that Gantry shows pulls it. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { boto3, endpointOf, loginPassword, skopeoCopy } from '../support/clients.ts';
import { expect, test } from '../support/gantry.ts';
import { writeImageLayout } from '../support/image-layout.ts';
import { paths } from '../support/paths.ts';

test.skip(({ javaScriptEnabled, isMobile }) => !javaScriptEnabled || isMobile, 'it changes the registry: once is enough');

const repository = 'storefront/products-search';

/** The response of BatchGetImage, as far as it matters here. */
interface Images {
  images: [{ imageManifest: string; imageManifestMediaType: string }];
}

test('an image travels from a push to the page and back', async ({ page, open, asPersona }, testInfo) => {
  test.setTimeout(180_000);
  const folder = (name: string) => testInfo.outputPath(name);
  const pushed = writeImageLayout(folder('pushed'));
  await asPersona('ana');
  await open(paths.tag(repository, 'latest'));
  const endpoint = endpointOf(await command(page, /^aws ecr get-login-password/));
  const password = loginPassword(endpoint);
  const pullOfLatest = await command(page, /^docker pull \S+:latest$/);
  const uri = pullOfLatest.replace(/^docker pull /, '').replace(/:latest$/, '');

  await test.step('skopeo pushes an image and an index; both appear', async () => {
    skopeoCopy(`oci:${folder('pushed')}:image`, `docker://${uri}:pushed-image`, password);
    skopeoCopy(`oci:${folder('pushed')}:index`, `docker://${uri}:pushed-index`, password);
    await untilShown(page, paths.repository(repository), 'pushed-image');
    await untilShown(page, paths.repository(repository), 'pushed-index');
    await open(paths.image(repository, pushed.index));
    await expect(page.getByRole('main')).toContainText('linux/arm64');
    await expect(page.getByRole('main')).toContainText('pushed-index');
  });

  await test.step('the pull command on the page pulls exactly that image', async () => {
    await open(paths.image(repository, pushed.index));
    const [, reference] = (await command(page, /^docker pull \S+@sha256:/)).split('docker pull ');
    skopeoCopy(`docker://${reference}`, `dir:${folder('pulled')}`, password);
    const manifest = readFileSync(join(folder('pulled'), 'manifest.json'));
    expect(`sha256:${createHash('sha256').update(manifest).digest('hex')}`).toBe(pushed.index);
  });

  await test.step('boto3 moves a tag and deletes another; the page follows', async () => {
    const which = { repositoryName: repository, imageIds: [{ imageDigest: pushed.image }] };
    const [found] = boto3<Images>(endpoint, 'batch_get_image', which).images;
    const { imageManifest, imageManifestMediaType } = found;
    boto3(endpoint, 'put_image', { repositoryName: repository, imageTag: 'moved-by-boto3', imageManifest, imageManifestMediaType });
    await untilShown(page, paths.repository(repository), 'moved-by-boto3');
    boto3(endpoint, 'batch_delete_image', { repositoryName: repository, imageIds: [{ imageTag: 'moved-by-boto3' }] });
    await expect(async () => {
      await page.goto(`${paths.repository(repository)}?q=moved-by-boto3`);
      await expect(page.getByRole('main').getByRole('link', { name: 'moved-by-boto3' })).toHaveCount(0, { timeout: 500 });
    }).toPass({ timeout: 60_000 });
  });
});

/** The text of a command that the page offers to copy. */
async function command(page: Page, pattern: RegExp): Promise<string> {
  const code = page.getByRole('main').locator('code').filter({ hasText: pattern });
  return ((await code.first().textContent()) ?? '').trim();
}

/** Reloads a list until it shows a tag: opening a repository reads ECR again, but not on every request. */
async function untilShown(page: Page, path: string, tag: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${path}?q=${tag}`);
    await expect(page.getByRole('main').getByRole('link', { name: tag })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
}
