/** The one rule in the browser: what a repository's policy does not grant does not exist. */

import { expect, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import type { Persona } from '../support/people.ts';

const seen: Record<Persona, { shows: string[]; hides: string[] }> = {
  ana: { shows: ['storefront/users-api', 'base/debian', 'suspicious/upload'], hides: ['payments/ledger', 'partner/dispatch'] },
  ben: { shows: ['checkout/orders-api', 'storefront/products-api'], hides: ['storefront/users-api', 'payments/ledger'] },
  chao: { shows: ['checkout/orders-api', 'storefront/users-api'], hides: ['payments/ledger'] },
  dana: { shows: ['payments/payments-api', 'payments/ledger'], hides: ['storefront/users-api', 'checkout/orders-api'] },
  erik: { shows: ['prod/checkout/orders-api', 'storefront/users-api', 'partner/dispatch'], hides: ['sandbox/hello'] },
  farah: { shows: ['payments/ledger', 'storefront/users-api', 'sandbox/hello'], hides: [] },
  gus: { shows: [], hides: ['storefront/users-api', 'base/debian'] },
  hana: { shows: ['partner/dispatch', 'partner/shipping-labels'], hides: ['base/debian', 'storefront/users-api'] },
};

for (const [persona, { shows, hides }] of Object.entries(seen) as [Persona, (typeof seen)[Persona]][]) {
  test(`${persona} sees what the policies grant, and no more`, async ({ page, open, asPersona }) => {
    await asPersona(persona);
    await open(paths.repositories);
    const main = page.getByRole('main');
    for (const name of shows) {
      await expect(main.getByRole('link', { name, exact: true })).toBeVisible();
    }
    for (const name of hides) {
      await expect(main.getByText(name, { exact: true })).toHaveCount(0);
      expect((await page.request.get(paths.repository(name))).status()).toBe(404);
    }
  });
}

test('what is hidden looks like what does not exist', async ({ page, asPersona }) => {
  await asPersona('ana');
  const pagesOf = (name: string) => [
    paths.repository(name),
    paths.tag(name, 'latest'),
    paths.image(name, `sha256:${'0'.repeat(64)}`),
    paths.image(name, '000000000000'),
    paths.policy(name),
    paths.lifecycle(name),
  ];
  const answer = async (path: string, name: string) => {
    const response = await page.request.get(path);
    const nonce = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
    expect(nonce, 'a nonce in the content security policy').toBeTruthy();
    const text = (await response.text()).replaceAll(name, 'NAME').replaceAll(nonce ?? '', 'NONCE');
    return { status: response.status(), text: withoutChance(text) };
  };
  const [hidden, missing] = ['payments/ledger', 'payments/nobody'];
  for (const [index, path] of pagesOf(hidden).entries()) {
    const absent = pagesOf(missing)[index] ?? '';
    expect(await answer(path, hidden)).toEqual(await answer(absent, missing));
  }
});

test('an administrator reviews names and policies, and never sees an image', async ({ page, open, asPersona }) => {
  await asPersona('farah');
  expect((await open(paths.policy('payments/ledger'))).status()).toBe(200);
  await expect(page.getByRole('main')).toContainText('AuditorNeverPulls');
  const tag = await page.request.get(paths.tag('payments/ledger', 'latest'));
  expect(tag.status()).toBe(403);
  expect(await tag.text()).not.toContain('sha256:');
});

test('a policy and its statements are shown only to viewers who may read it', async ({ page, open, asPersona }) => {
  await asPersona('ana');
  await open(paths.policy('storefront/products-api'));
  await expect(page.getByRole('main')).toContainText('CheckoutLooks');
  await asPersona('ben');
  const response = await open(paths.policy('storefront/products-api'));
  expect(response.status()).toBe(403);
  await expect(page.getByRole('main')).toContainText('ecr:GetRepositoryPolicy');
  await expect(page.locator('body')).not.toContainText(/CheckoutLooks|TeamDevelops|release-manager/);
});

test('a form explains a decision without a script', async ({ page, open, asPersona }) => {
  await asPersona('dana');
  await open(paths.policy('payments/payments-api'));
  const why = page.getByRole('region', { name: 'Why?' });
  await why.getByLabel('Principal').selectOption({ label: 'payments · payments-auditor' });
  await why.getByLabel('Action').selectOption('ecr:BatchGetImage');
  await why.getByRole('button', { name: 'Explain' }).click();
  await expect(why).toContainText(/Denied by statement AuditorNeverPulls, line \d+ of the repository policy\./);
  await expect(why.getByLabel('Action')).toHaveValue('ecr:BatchGetImage');
  await why.getByRole('link', { name: 'AuditorNeverPulls' }).click();
  await expect(page).toHaveURL(/#statement-AuditorNeverPulls$/);
  // If the question makes no sense, the page says so.
  const response = await open(paths.why('payments/payments-api', 'nobody', 'ecr:PutImage'));
  expect(response.status()).toBe(200);
  await expect(why).toContainText('There is no such principal or action');
});

test('a button without permission stays in its place and names the missing action', async ({ page, open, asPersona }) => {
  await asPersona('ben');
  await open(paths.repository('storefront/products-api'));
  const policy = page.getByRole('main').getByRole('link', { name: 'Policy', exact: true });
  await expect(policy).toHaveAttribute('aria-disabled', 'true');
  await expect(policy).toHaveAccessibleDescription(/^ecr:GetRepositoryPolicy on storefront\/products-api is not granted/);
  const why = page.getByRole('tooltip').filter({ hasText: 'ecr:GetRepositoryPolicy' });
  await expect(why).toBeHidden();
  await policy.focus();
  await expect(why).toBeVisible();
  await policy.press('Enter');
  await expect(page).toHaveURL(paths.repository('storefront/products-api'));
});

test('my access names the statement that grants', async ({ page, open, asPersona }) => {
  await asPersona('dana');
  await open(`${paths.access}?q=payments-api`);
  const main = page.getByRole('main');
  await expect(main).toContainText('payments/payments-api');
  await expect(main).toContainText('TeamDevelops');
  await expect(main).toContainText('AuditorReviews');
});

/** A page without parts that differ from one response to the next: request IDs and times. */
function withoutChance(html: string): string {
  return html.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
}
