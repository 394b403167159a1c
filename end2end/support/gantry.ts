/** Gantry's own test functions: sign in, open a page and wait until it is awake, and fail on any complaint. */

import { test as base, expect, type ConsoleMessage, type Cookie, type Locator, type Page, type Response } from '@playwright/test';
import { paths } from './paths.ts';
import { personas, type Persona } from './people.ts';

export { expect };

interface Gantry {
  /** Opens a path; with JavaScript, waits until the page's islands answer. */
  open: (path: string) => Promise<Response>;
  /** Makes the browser's session that of a persona. */
  asPersona: (persona: Persona) => Promise<void>;
}

interface Shared {
  /** One session a persona and worker; a test that signs out signs in by itself first. */
  sessions: Map<Persona, Cookie[]>;
}

export const test = base.extend<Gantry, Shared>({
  page: async ({ page, javaScriptEnabled }, use) => {
    const complaints = watch(page, javaScriptEnabled);
    await use(page);
    expect(complaints, 'the browser complained').toEqual([]);
  },

  open: async ({ page, javaScriptEnabled }, use) => {
    await use(async (path) => {
      const response = await page.goto(path);
      if (!response) throw new Error(`${path} is the page that was open already`);
      if (javaScriptEnabled) await awake(page);
      return response;
    });
  },

  asPersona: async ({ page, sessions }, use) => {
    await use(async (persona) => {
      // Whoever signs in ends the session that the browser had, and another test may still use that one.
      await page.context().clearCookies({ name: 'gantry_session' });
      const known = sessions.get(persona);
      if (known) return page.context().addCookies(known);
      await signIn(page, persona);
      sessions.set(persona, await page.context().cookies());
    });
  },

  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],
});

/** Signs in by the page, as people do. */
export async function signIn(page: Page, persona: Persona): Promise<void> {
  await page.goto(paths.signIn);
  await personaButton(page, persona).click();
  await page.waitForURL((url) => url.pathname !== paths.signIn);
}

/** The sign-in's button for a persona, in any language: it says more than the name. */
export function personaButton(page: Page, persona: Persona): Locator {
  return page.getByRole('main').getByRole('button', { name: new RegExp(`\\b${personas[persona]}\\b`) });
}

/** Opens the header's menu of account and preferences, unless it is open. */
export async function openMenu(page: Page): Promise<Locator> {
  const menu = page.locator('#account');
  if (!(await menu.isVisible())) await page.getByRole('banner').getByRole('button', { name: /^(Account|账户)/ }).click();
  return menu;
}

/** Waits until hydration has ended: an effect sets the attribute. */
export async function awake(page: Page): Promise<void> {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

/** Collects what the console and the page's scripts complain of, hydration's warnings among them. */
function watch(page: Page, javaScriptEnabled: boolean): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const complains = ['error', 'warning', 'assert'].includes(message.type());
    // Whoever turned JavaScript off does not use the module that the page announces.
    const expected = !javaScriptEnabled && message.text().includes('preloaded using link preload but not used');
    // A page says so by itself when its session has ended.
    const signedOut = message.text().includes('status of 401');
    if (complains && !expected && !signedOut && !tellsOfThePageItself(message, page)) {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => {
    // Who goes on before a page has faded in ends the fading, and Chromium says so.
    if (!error.message.includes('ViewTransition')) complaints.push(`uncaught: ${error.message}`);
  });
  return complaints;
}

/** Chromium also reports the status of the page that one opened; that is for the test to judge. */
function tellsOfThePageItself(message: ConsoleMessage, page: Page): boolean {
  return message.text().startsWith('Failed to load resource') && message.location().url === page.url();
}
