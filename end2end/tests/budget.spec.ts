/** The download budget of a page. The front end is the release build, which is what users get. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import { bytesOf, code, coldTransfers } from '../support/transfer.ts';

test.skip(({ javaScriptEnabled, isMobile }) => !javaScriptEnabled || isMobile, 'the same bytes in every project');

const pages = {
  'sign-in': paths.signIn,
  repositories: paths.repositories,
  repository: paths.repository('storefront/users-api'),
  tag: paths.tag('storefront/users-api', 'latest'),
  policy: paths.policy('storefront/users-api'),
  lifecycle: paths.lifecycle('storefront/users-api'),
  access: paths.access,
};

for (const [name, path] of Object.entries(pages)) {
  test(`the ${name} page loads within the budget`, async ({ page, asPersona }) => {
    await asPersona('ana');
    const transfers = await coldTransfers(page, path);
    expect(bytesOf(transfers, ...code), 'WASM and JS').toBeGreaterThan(0);
    expect(bytesOf(transfers, ...code), 'WASM and JS').toBeLessThanOrEqual(216_000);
    expect(bytesOf(transfers, 'text/css'), 'CSS').toBeGreaterThan(0);
    expect(bytesOf(transfers, 'text/css'), 'CSS').toBeLessThanOrEqual(15_000);
    expect(bytesOf(transfers), 'everything').toBeLessThanOrEqual(250 * 1024);
  });
}

test('code and style have hashed names, are cached for ever and sent as brotli', async ({ page, asPersona }) => {
  await asPersona('ana');
  const assets = new Map<string, Record<string, string>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/pkg/')) assets.set(pathname, response.headers());
  });
  await page.goto(paths.repositories, { waitUntil: 'networkidle' });
  expect([...assets.keys()].map((name) => name.split('.').at(-1)).sort()).toEqual(['css', 'js', 'wasm']);
  for (const [name, headers] of assets) {
    expect(name).toMatch(/\.[\w-]{16,}\.(css|js|wasm)$/);
    expect(headers['cache-control'], name).toContain('immutable');
    expect(headers['content-encoding'], name).toBe('br');
  }
});
