/** Sign-ins that fail: each page says why, no session begins, and a new sign-in is possible. */

import {
  consent,
  expect,
  expectRefused,
  expectSignedOut,
  expectToSee,
  sayName,
  signInAs,
  startSignIn,
  test,
  untilCallback,
  type Problem,
} from '../support/oidc.ts';
import { paths } from '../support/paths.ts';
import { client } from '../support/provider.ts';
import type { Tampering } from '../support/provider/tampering.ts';
import { expectNoAxeViolations } from '../support/readable.ts';

test.skip(({ javaScriptEnabled, isMobile }) => !javaScriptEnabled || isMobile, 'the server decides');

const wanted = paths.access;

const problems: Problem[] = ['denied', 'expired', 'state', 'token', 'provider', 'limited'];

test('each problem has its message, and other values have none', async ({ page }) => {
  const said = new Set<string>();
  for (const problem of problems) {
    await page.goto(`${paths.signIn}?problem=${problem}`);
    said.add((await page.getByRole('main').getByRole('alert').textContent()) ?? '');
  }
  expect(said.size).toBe(problems.length);
  await expectNoAxeViolations(page, true);
  await page.goto(`${paths.signIn}?problem=${encodeURIComponent('call 555 0100')}`);
  await expect(page.getByRole('link', { name: /^Sign in with/ })).toBeVisible();
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('555');
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('each problem has its message too', async ({ page }) => {
    for (const problem of problems) {
      await page.goto(`${paths.signIn}?problem=${problem}`);
      await expect(page.getByRole('main').getByRole('alert')).toContainText(/\p{Script=Han}/u);
    }
  });
});

test('a person who denies consent at the provider can try again', async ({ page }) => {
  await startSignIn(page, wanted);
  await sayName(page, 'ana');
  await page.getByRole('button', { name: 'Abort' }).click();
  await expectRefused(page, 'denied', wanted);
  await page.getByRole('link', { name: /^Sign in with/ }).click();
  await consent(page);
  await page.waitForURL(wanted);
});

test('an expired code', async ({ page, provider }) => {
  provider.expireCodes();
  await signInAs(page, 'ana', wanted);
  await expectRefused(page, 'expired', wanted);
});

test.describe('a callback that is not the answer to this browser', () => {
  test('comes a second time', async ({ page, address, provider }) => {
    const callback = await untilCallback(page.request, address, 'ana', wanted);
    await page.goto(callback);
    await page.waitForURL(wanted);
    await page.goto(callback);
    await expect(page).toHaveURL((url) => url.searchParams.get('problem') === 'state');
    expect(provider.requests('token')).toBe(1);
  });

  test('comes to a browser that never started', async ({ page, browser, address, provider }) => {
    const attacker = await browser.newContext();
    const callback = await untilCallback(attacker.request, address, 'ben');
    await attacker.close();
    await page.goto(callback);
    await expectRefused(page, 'state');
    expect(provider.requests('token')).toBe(0);
  });

  test('comes to a browser that started another', async ({ page, browser, address, provider }) => {
    const attacker = await browser.newContext();
    const callback = await untilCallback(attacker.request, address, 'ben');
    await attacker.close();
    await startSignIn(page, wanted);
    await page.goto(callback);
    await expectRefused(page, 'state');
    expect(provider.requests('token')).toBe(0);
  });

  test('has an unknown state', async ({ page, provider }) => {
    await startSignIn(page, wanted);
    await page.goto(`${paths.signInCallback}?code=made-up&state=made-up`);
    await expectRefused(page, 'state');
    expect(provider.requests('token')).toBe(0);
  });
});

/** Seconds since the epoch. */
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

const lies: Record<string, () => Tampering> = {
  'with the nonce of another sign-in': () => ({ claims: { nonce: 'of-another-sign-in' } }),
  'without a nonce': () => ({ claims: { nonce: undefined } }),
  'for another client': () => ({ claims: { aud: 'another-client' } }),
  'from another issuer': () => ({ claims: { iss: 'https://evil.example' } }),
  'without a subject': () => ({ claims: { sub: undefined } }),
  'from the future': () => ({ claims: { iat: inSeconds(120) } }),
  'that has expired': () => ({ claims: { iat: inSeconds(-120), exp: inSeconds(-60) } }),
  'signed by a key that is not published': () => ({ signedBy: 'a key that is not published' }),
  'signed by another key of the same id': () => ({ signedBy: 'another key of the same id' }),
  'without a signature': () => ({ signedBy: 'nobody' }),
  'signed with the client secret': () => ({ signedBy: 'the client secret' }),
};

for (const [which, lie] of Object.entries(lies)) {
  test(`a token ${which}`, async ({ page, provider }) => {
    provider.tamper(lie());
    await signInAs(page, 'ana', wanted);
    await expectRefused(page, 'token', wanted);
    await test.step('a valid token is accepted afterwards', async () => {
      await page.getByRole('link', { name: /^Sign in with/ }).click();
      await page.waitForURL(wanted);
    });
  });
}

test('clocks may differ by a few seconds', async ({ page, provider }) => {
  provider.tamper({ claims: { iat: inSeconds(15), exp: inSeconds(3600) } });
  await signInAs(page, 'ana', wanted);
  await page.waitForURL(wanted);
  await page.context().clearCookies();
  provider.tamper({ claims: { iat: inSeconds(-120), exp: inSeconds(-10) } });
  await signInAs(page, 'ana', wanted);
  await page.waitForURL(wanted);
});

test('keys are read again once for an unknown key', async ({ page, provider }) => {
  await signInAs(page, 'ana', wanted);
  await page.waitForURL(wanted);
  const before = provider.requests('jwks');
  await page.context().clearCookies();
  provider.tamper({ signedBy: 'a key that is not published' });
  await signInAs(page, 'ana', wanted);
  await expectRefused(page, 'token', wanted);
  expect(provider.requests('jwks') - before).toBe(1);
});

test('the provider rotates its keys', async ({ page, provider }) => {
  await signInAs(page, 'ana', wanted);
  await page.waitForURL(wanted);
  await provider.rotateKeys();
  await page.context().clearCookies();
  await signInAs(page, 'ben');
  await expectToSee(page, 'checkout/orders-api');
});

test.describe('userinfo', () => {
  test.use({ providerOptions: { groupsIn: 'userinfo' } });

  test('that is about another person', async ({ page, provider }) => {
    provider.tamper({ userinfo: { sub: 'farah', groups: ['platform-admins'] } });
    await signInAs(page, 'ana', wanted);
    await expectRefused(page, 'token', wanted);
  });

  test('that fails', async ({ page, provider }) => {
    provider.fail('userinfo');
    await signInAs(page, 'ana', wanted);
    await expectRefused(page, 'provider', wanted);
  });
});

test('a provider that is down when Gantry starts, and comes back', async ({ page, provider, served }) => {
  await provider.down();
  await served.restart();
  await startSignIn(page, wanted);
  await expectRefused(page, 'provider', wanted);
  await provider.up();
  await page.getByRole('link', { name: /^Sign in with/ }).click();
  await sayName(page, 'ana');
  await consent(page);
  await page.waitForURL(wanted);
});

test('a provider that stops while a person signs in there', async ({ page, provider, address }) => {
  const callback = await untilCallback(page.request, address, 'ana', wanted);
  await provider.down();
  await page.goto(callback);
  await expectRefused(page, 'provider', wanted);
});

test('a provider that answers with errors', async ({ page, provider }) => {
  provider.fail('token');
  await signInAs(page, 'ana', wanted);
  await expectRefused(page, 'provider', wanted);
});

for (const endpoint of ['discovery', 'token'] as const) {
  test(`a request to a hanging ${endpoint} endpoint times out`, async ({ page, provider, served }) => {
    provider.hang(endpoint);
    // Gantry does not request again what it already knows of the provider.
    if (endpoint === 'discovery') await served.restart();
    const callback = endpoint === 'token' && (await untilCallback(page.request, served.url, 'ana', wanted));
    const started = Date.now();
    await page.goto(callback || `${paths.signInStart}?return=${wanted}`);
    await expectRefused(page, 'provider', wanted);
    expect(Date.now() - started).toBeLessThan(15_000);
  });
}

test('a person who tries too often has to wait', async ({ request }) => {
  const statuses = new Set<number>();
  for (let tries = 0; tries < 500 && !statuses.has(429); tries += 1) {
    statuses.add((await request.get(paths.signInStart, { maxRedirects: 0 })).status());
  }
  expect([...statuses]).toEqual([303, 429]);
});

test('no secret reaches the log', async ({ page, provider, served, address }) => {
  const callback = await untilCallback(page.request, address, 'ana', wanted);
  provider.tamper({ claims: { nonce: 'of-another-sign-in' } });
  await page.goto(callback);
  await expectRefused(page, 'token', wanted);
  const log = served.log().join('\n');
  const { code, state } = Object.fromEntries(new URL(callback).searchParams);
  for (const secret of [client.secret, code, state, 'eyJ']) expect(log).not.toContain(secret);
  await expectSignedOut(page);
});
