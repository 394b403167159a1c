/** Anyone who can push an image chooses its labels, annotations and addresses. None of them has an effect here. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';

/** Characters that reorder their neighbours or are invisible: those in the hostile images, and similar ones. */
const hiding = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;

const repository = 'suspicious/upload';
const tags = ['markup', 'addresses', 'huge-value', 'deep', 'no-config-shape', 'wrong-sizes', 'index'];

for (const tag of tags) {
  test(`the page of the hostile image "${tag}" shows text and sends no request elsewhere`, async ({ page, open, asPersona, baseURL }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && origin !== baseURL) asked.push(request.url());
    });
    page.on('dialog', (dialog) => {
      asked.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    await asPersona('ana');
    await open(paths.tag(repository, tag));
    const image = await page.locator('main a[href^="/images/retail/sha256"]').first().getAttribute('href');
    const response = await open(image ?? '');
    expect(response.status()).toBe(200);
    expect((await response.body()).length, 'a page of reasonable size').toBeLessThan(1_000_000);
    const links = await page.locator('a[href], form[action], img[src], iframe, object, embed').evaluateAll((elements) =>
      elements.map((element) => element.getAttribute('href') ?? element.getAttribute('action') ?? element.getAttribute('src') ?? element.tagName),
    );
    const main = await page.getByRole('main').evaluate((element) => element.outerHTML);
    expect(hiding.exec(main)?.[0], 'an invisible character').toBeUndefined();
    expect(links.filter((link) => !/^(\/|#|\?|https?:)/.test(link)), 'links with another scheme').toEqual([]);
    expect(asked, 'requests to other hosts').toEqual([]);
  });
}

test('markup in labels is shown as text', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.tag(repository, 'markup'));
  const image = await page.locator('main a[href^="/images/retail/sha256"]').first().getAttribute('href');
  await open(image ?? '');
  const main = page.getByRole('main');
  await expect(main.getByText('<script>alert(document.cookie)</script>').first()).toBeAttached();
  await expect(main.locator('script, svg[onload], img, b', { hasText: /alert|root/ })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});
