/** What the tests of the sign-in at a provider start from, and what people do there. */

import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test as base } from './gantry.ts';
import { paths } from './paths.ts';
import type { Persona } from './people.ts';
import { freePort } from './ports.ts';
import { startProvider, type Provider } from './provider.ts';
import type { ProviderOptions } from './provider/configuration.ts';
import { serve, startRegistry, type Registry, type Served } from './served.ts';

export { expect };

/** Why somebody is back at the sign-in without being signed in. */
export type Problem = 'denied' | 'expired' | 'state' | 'token' | 'provider' | 'limited';

interface Started {
  /** How the provider differs from the usual one. */
  providerOptions: Partial<ProviderOptions>;
  /** Where the dashboard is going to be. */
  address: string;
  provider: Provider;
  served: Served;
}

interface Shared {
  /** No test here changes what the registry holds. */
  registry: Registry;
}

/** Each test has a provider and a dashboard of its own, for it may break them. */
export const test = base.extend<Started, Shared>({
  registry: [
    async ({}, use) => {
      const registry = await startRegistry();
      await use(registry);
      await registry.stop();
    },
    { scope: 'worker' },
  ],

  providerOptions: [{}, { option: true }],

  address: async ({}, use) => use(`http://127.0.0.1:${await freePort()}`),

  provider: async ({ address, providerOptions }, use) => {
    const uris = { redirectUri: address + paths.signInCallback, afterSignOut: address + paths.signIn };
    const provider = await startProvider({ ...uris, ...providerOptions });
    await use(provider);
    await provider.stop();
  },

  served: async ({ address, provider, registry }, use, testInfo) => {
    const served = await serve(address, provider.issuer, registry);
    await use(served);
    // Whoever waits for the provider is told that it is gone.
    await provider.stop();
    await served.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('log', { body: served.log().join('\n'), contentType: 'text/plain' });
    }
  },

  baseURL: async ({ served }, use) => use(served.url),
});

/** Opens a page without being signed in, and follows the link to the provider. */
export async function startSignIn(page: Page, wanted: string = paths.repositories): Promise<void> {
  await page.goto(wanted);
  await page.getByRole('main').getByRole('link', { name: /^Sign in with/ }).click();
}

/** Tells the provider who one is. */
export async function sayName(page: Page, persona: Persona): Promise<void> {
  await page.getByLabel('Name').fill(persona);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'May Gantry know who you are?' })).toBeVisible();
}

/** Lets the provider tell Gantry. */
export async function consent(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Goes all the way, by the pages; whether it leads to somebody being signed in is for the test to say. */
export async function signInAs(page: Page, persona: Persona, wanted?: string): Promise<void> {
  await startSignIn(page, wanted);
  await sayName(page, persona);
  await consent(page);
}

/**
 * Goes all the way but the last step, which a browser would take by itself, and returns the URL that the provider
 * leads back to. The requests share the cookies of the browser context that they come from.
 */
export async function untilCallback(request: APIRequestContext, address: string, persona: Persona, wanted = '/'): Promise<string> {
  const start = `${address}${paths.signInStart}?${new URLSearchParams({ return: wanted })}`;
  const follow = async (url: string, form?: Record<string, string>): Promise<string> => {
    if (url.startsWith(address + paths.signInCallback)) return url;
    const answer = form
      ? await request.post(url, { form, maxRedirects: 0 })
      : await request.get(url, { maxRedirects: 0 });
    const { location } = answer.headers();
    if (location) return follow(new URL(location, url).href);
    expect(answer.status(), url).toBe(200);
    const asksForName = (await answer.text()).includes('name="name"');
    return follow(url, asksForName ? { name: persona } : { answer: 'continue' });
  };
  return follow(start);
}

/** Nobody is signed in, and the page says why. What it leads back to is kept, unless nobody can know it. */
export async function expectRefused(page: Page, problem: Problem, wanted?: string): Promise<void> {
  await page.waitForURL((url) => url.pathname === paths.signIn && url.searchParams.has('problem'));
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('problem')).toBe(problem);
  if (wanted) expect(searchParams.get('return')).toBe(wanted);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/(not|nobody (is|was)) signed in/i);
  await expectSignedOut(page);
}

/** The browser's session, if it has one, opens nothing. */
export async function expectSignedOut(page: Page): Promise<void> {
  const answer = await page.request.get(paths.repositories, { maxRedirects: 0 });
  expect(answer.headers().location).toContain(paths.signIn);
}

/** The list of repositories names one. */
export async function expectToSee(page: Page, repository: string): Promise<void> {
  await expect(page.getByRole('main').getByRole('link', { name: repository, exact: true })).toBeVisible();
}
