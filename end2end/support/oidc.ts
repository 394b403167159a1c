/** Fixtures and steps for tests of the sign-in at a provider. */

import type { APIRequestContext, Page } from '@playwright/test';
import { expect, test as base } from './gantry.ts';
import { paths } from './paths.ts';
import type { Persona } from './people.ts';
import { freePort } from './ports.ts';
import { startProvider, type Provider } from './provider.ts';
import type { ProviderOptions } from './provider/configuration.ts';
import { serve, startRegistry, type Registry, type Served } from './served.ts';

export { expect };

/** Why the person is back at the sign-in page without being signed in. */
export type Problem = 'denied' | 'expired' | 'state' | 'token' | 'provider' | 'limited';

interface Started {
  /** How the provider differs from the default one. */
  providerOptions: Partial<ProviderOptions>;
  /** The address of the dashboard. */
  address: string;
  provider: Provider;
  served: Served;
}

interface Shared {
  /** These tests do not change the content of the registry. */
  registry: Registry;
}

/** Each test has its own provider and dashboard, because it may break them. */
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
    // Requests that still wait for the provider fail when it stops.
    await provider.stop();
    await served.stop();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('log', { body: served.log().join('\n'), contentType: 'text/plain' });
    }
  },

  baseURL: async ({ served }, use) => use(served.url),
});

/** Opens a page while signed out, and follows the link to the provider. */
export async function startSignIn(page: Page, wanted: string = paths.repositories): Promise<void> {
  await page.goto(wanted);
  await page.getByRole('main').getByRole('link', { name: /^Sign in with/ }).click();
}

/** Signs in at the provider as a person. */
export async function sayName(page: Page, persona: Persona): Promise<void> {
  await page.getByLabel('Name').fill(persona);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'May Gantry know who you are?' })).toBeVisible();
}

/** Gives the provider consent to send the claims to Gantry. */
export async function consent(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Takes all steps of a sign-in by the pages. The test checks whether the person is signed in. */
export async function signInAs(page: Page, persona: Persona, wanted?: string): Promise<void> {
  await startSignIn(page, wanted);
  await sayName(page, persona);
  await consent(page);
}

/**
 * Takes all steps but the last one, which a browser takes by itself. Returns the URL that the provider redirects to.
 * The requests share the cookies of the given browser context.
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

/** The browser is not signed in, and the page says why. It keeps the path to return to, unless that cannot be known. */
export async function expectRefused(page: Page, problem: Problem, wanted?: string): Promise<void> {
  await page.waitForURL((url) => url.pathname === paths.signIn && url.searchParams.has('problem'));
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('problem')).toBe(problem);
  if (wanted) expect(searchParams.get('return')).toBe(wanted);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(/(not|nobody (is|was)) signed in/i);
  await expectSignedOut(page);
}

/** The browser's session, if it has one, gives access to nothing. */
export async function expectSignedOut(page: Page): Promise<void> {
  const answer = await page.request.get(paths.repositories, { maxRedirects: 0 });
  expect(answer.headers().location).toContain(paths.signIn);
}

/** The list of repositories has a repository. */
export async function expectToSee(page: Page, repository: string): Promise<void> {
  await expect(page.getByRole('main').getByRole('link', { name: repository, exact: true })).toBeVisible();
}
