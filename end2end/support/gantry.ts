/** Test fixtures: sign in, open a page and wait until its islands are hydrated, and fail on any console message. */

import { test as base, expect, type ConsoleMessage, type Cookie, type Locator, type Page, type Response } from '@playwright/test';
import { paths } from './paths.ts';
import { personas, type Persona } from './people.ts';

export { expect };

interface Gantry {
  /** Opens a path. With JavaScript, waits until the page's islands are hydrated. */
  open: (path: string) => Promise<Response>;
  /** Gives the browser the session of a persona. */
  asPersona: (persona: Persona) => Promise<void>;
}

interface Shared {
  /** One session for each persona and worker. A test that signs out must sign in by itself first. */
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
      // A sign-in ends the browser's previous session, and another test may still use that one.
      await page.context().clearCookies({ name: 'gantry_session' });
      const known = sessions.get(persona);
      if (known) return page.context().addCookies(known);
      await signIn(page, persona);
      sessions.set(persona, await page.context().cookies());
    });
  },

  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],
});

/** Signs in by the page. */
export async function signIn(page: Page, persona: Persona): Promise<void> {
  await page.goto(paths.signIn);
  await personaButton(page, persona).click();
  await page.waitForURL((url) => url.pathname !== paths.signIn);
}

/** The sign-in button of a persona, in any language: its text has more than the name. */
export function personaButton(page: Page, persona: Persona): Locator {
  return page.getByRole('main').getByRole('button', { name: new RegExp(`\\b${personas[persona]}\\b`) });
}

/** Opens the account menu of the header, unless it is open. */
export async function openMenu(page: Page): Promise<Locator> {
  const menu = page.locator('#account');
  if (!(await menu.isVisible())) await page.getByRole('banner').getByRole('button', { name: /^(Account|账户)/ }).click();
  return menu;
}

/** Waits until hydration has ended: an effect sets the attribute. */
export async function awake(page: Page): Promise<void> {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

/** Collects the errors and warnings of the console and of scripts, including hydration warnings. */
function watch(page: Page, javaScriptEnabled: boolean): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    const complains = ['error', 'warning', 'assert'].includes(message.type());
    // Without JavaScript, the browser does not use the module that the page preloads.
    const expected = !javaScriptEnabled && message.text().includes('preloaded using link preload but not used');
    // The page itself says when its session has ended.
    const signedOut = message.text().includes('status of 401');
    if (complains && !expected && !signedOut && !tellsOfThePageItself(message, page)) {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => {
    // Leaving a page before its transition has ended aborts the transition, and Chromium logs that.
    if (!error.message.includes('ViewTransition')) complaints.push(`uncaught: ${error.message}`);
  });
  return complaints;
}

/** Chromium also logs the status of the opened page. The test checks that itself. */
function tellsOfThePageItself(message: ConsoleMessage, page: Page): boolean {
  return message.text().startsWith('Failed to load resource') && message.location().url === page.url();
}
