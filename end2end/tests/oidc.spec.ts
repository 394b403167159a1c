/** Signing in and out at an OpenID provider. */

import type { BrowserContext, Page } from '@playwright/test';
import { openMenu } from '../support/gantry.ts';
import {
  consent,
  expect,
  expectSignedOut,
  expectToSee,
  sayName,
  signInAs,
  startSignIn,
  test,
} from '../support/oidc.ts';
import { paths } from '../support/paths.ts';
import { client } from '../support/provider.ts';

test.skip(({ isMobile }) => isMobile, 'the pages are the same on a phone');

test('a sign-in returns to the requested page', async ({ page }) => {
  const wanted = `${paths.repository('storefront/users-api')}?q=latest`;
  await startSignIn(page, wanted);
  await sayName(page, 'ana');
  await consent(page);
  await page.waitForURL(wanted);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('storefront/users-api');
});

test('a sign-out ends the session here and at the provider', async ({ page, context, served, provider }) => {
  await signInAs(page, 'ana');
  await expectToSee(page, 'storefront/users-api');
  const session = await sessionOf(context);
  await (await openMenu(page)).getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${provider.issuer}/session/end?**`);
  const parameters = new URL(page.url()).searchParams;
  expect(parameters.get('client_id')).toBe(client.id);
  expect(parameters.get('id_token_hint')).toBeNull();
  expect(parameters.get('post_logout_redirect_uri')).toBe(served.url + paths.signIn);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.origin === served.url && url.pathname === paths.signIn);
  await expectSignedOut(page);
  await test.step('the session is deleted, not only its cookie', async () => {
    await context.addCookies([session]);
    await expectSignedOut(page);
  });
  await test.step('the provider asks for the person again', async () => {
    await startSignIn(page);
    await expect(page.getByLabel('Name')).toBeVisible();
  });
});

test.describe('with JavaScript', () => {
  test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'nothing in these depends on it');

  test('the authorization request is correct', async ({ page, provider }) => {
    await page.goto(`${paths.signIn}?return=${paths.access}`);
    const link = page.getByRole('link', { name: /^Sign in with/ });
    await expect(link).toHaveAttribute('href', /^\/sign-in\/start\?return=(%2F|\/)access$/);
    const answer = await page.request.get((await link.getAttribute('href')) ?? '', { maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    const asked = new URL(answer.headers().location ?? '');
    expect(asked.origin + asked.pathname).toBe(`${provider.issuer}/auth`);
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(asked.searchParams);
    expect(rest).toMatchObject({ response_type: 'code', client_id: 'gantry', code_challenge_method: 'S256' });
    expect(rest.scope?.split(' ').sort()).toEqual(['email', 'groups', 'openid', 'profile']);
    for (const secret of [state, nonce, code_challenge]) expect(secret).toMatch(/^[\w-]{16,}$/);
  });

  test('a member of two teams sees what either team may see', async ({ page }) => {
    await signInAs(page, 'chao');
    await expectToSee(page, 'storefront/users-api');
    await expectToSee(page, 'checkout/orders-api');
    await expect(page.getByRole('main').getByText('payments/ledger', { exact: true })).toHaveCount(0);
  });

  test('a person in no team sees what to ask for', async ({ page }) => {
    await signInAs(page, 'gus');
    await expectNoTeam(page);
    await expect(page.getByRole('main')).toContainText(/Ask your Gantry administrator/);
  });

  test('a person who joins a group is in its team after the next sign-in', async ({ page, provider }) => {
    await signInAs(page, 'gus');
    await expectNoTeam(page);
    provider.setGroups('gus', ['checkout', 'a group that no team names']);
    await page.goto(paths.signIn);
    await page.getByRole('main').getByRole('link', { name: /^Sign in with/ }).click();
    await page.waitForURL((url) => url.pathname !== paths.signIn);
    await page.goto(paths.repositories);
    await expectToSee(page, 'checkout/orders-api');
  });

  test('a changed configuration applies to existing sign-ins', async ({ page, served }) => {
    await signInAs(page, 'ana');
    await expectToSee(page, 'storefront/users-api');
    await served.restart((configuration) => configuration.replace('groups = ["storefront"]', 'groups = ["shopfront"]'));
    await page.goto(paths.repositories);
    await expectNoTeam(page);
    await served.restart((configuration) => configuration.replace('groups = ["checkout"]', 'groups = ["storefront"]'));
    await page.goto(paths.repositories);
    await expectToSee(page, 'checkout/orders-api');
  });

  test('cookies from before the sign-in are not valid after it', async ({ page, context, browser, served }) => {
    await startSignIn(page);
    const before = await context.cookies();
    expect(before.map((cookie) => cookie.name)).not.toContain('gantry_session');
    await sayName(page, 'ana');
    await consent(page);
    await expectToSee(page, 'storefront/users-api');
    const other = await browser.newContext({ baseURL: served.url });
    await other.addCookies(before);
    await expectSignedOut(await other.newPage());
    await other.close();
  });

  test('the sign-in does not redirect to another site', async ({ page, served }) => {
    for (const elsewhere of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
      await page.context().clearCookies();
      await page.goto(`${paths.signIn}?return=${encodeURIComponent(elsewhere)}`);
      await page.getByRole('link', { name: /^Sign in with/ }).click();
      await sayName(page, 'ana');
      await consent(page);
      await page.waitForURL((url) => url.origin === served.url && !url.pathname.startsWith(paths.signIn));
    }
  });

  test('signing out everywhere ends the sessions of that person in every browser, and no others', async ({ page, browser, served }) => {
    const elsewhere = await browser.newContext({ baseURL: served.url });
    const [sameElsewhere, other] = [await elsewhere.newPage(), await (await browser.newContext({ baseURL: served.url })).newPage()];
    await signInAs(page, 'ana');
    await signInAs(sameElsewhere, 'ana');
    await signInAs(other, 'ben');
    for (const one of [page, sameElsewhere, other]) await one.waitForURL(paths.repositories);
    await (await openMenu(page)).getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL((url) => url.pathname !== paths.repositories);
    await expectSignedOut(page);
    await expectSignedOut(sameElsewhere);
    await other.reload();
    await expectToSee(other, 'checkout/orders-api');
    await elsewhere.close();
    await other.context().close();
  });
});

test.describe('a provider that sends groups only by userinfo', () => {
  test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'nothing in these depends on it');
  test.use({ providerOptions: { groupsIn: 'userinfo' } });

  test('is asked for userinfo', async ({ page, provider }) => {
    await signInAs(page, 'ana');
    await expectToSee(page, 'storefront/users-api');
    expect(provider.requests('userinfo')).toBe(1);
  });
});

test.describe('a provider without a sign-out endpoint', () => {
  test.skip(({ javaScriptEnabled }) => !javaScriptEnabled, 'nothing in these depends on it');
  test.use({ providerOptions: { endsSessions: false } });

  test('is not contacted on a sign-out', async ({ page, provider }) => {
    await signInAs(page, 'ana');
    await page.waitForURL(paths.repositories);
    await (await openMenu(page)).getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.waitForURL((url) => url.pathname === paths.signIn);
    await expectSignedOut(page);
    expect(provider.requests('endSession')).toBe(0);
  });
});

async function sessionOf(context: BrowserContext) {
  const session = (await context.cookies()).find(({ name }) => name === 'gantry_session');
  if (!session) throw new Error('the browser has no session');
  return session;
}

async function expectNoTeam(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toContainText('You are in no team');
}
