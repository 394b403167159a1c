/** Signing in and out, and returning to the requested page. */

import { expect, openMenu, personaButton, signIn, test } from '../support/gantry.ts';
import { paths } from '../support/paths.ts';
import { personas, type Persona } from '../support/people.ts';

test('the sign-in offers every persona', async ({ page, open }) => {
  await open(paths.signIn);
  for (const persona of Object.keys(personas) as Persona[]) {
    await expect(personaButton(page, persona)).toBeVisible();
  }
});

test('a visitor must sign in and then returns to the requested page', async ({ page, open }) => {
  const wanted = `${paths.repository('storefront/users-api')}?q=latest`;
  await open(wanted);
  expect(new URL(page.url()).pathname).toBe(paths.signIn);
  await personaButton(page, 'ana').click();
  await page.waitForURL(wanted);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('storefront/users-api');
});

test('the sign-in does not redirect to another site', async ({ page, open }) => {
  await open(`${paths.signIn}?return=${encodeURIComponent('//example.com/')}`);
  await personaButton(page, 'ana').click();
  await page.waitForURL((url) => url.pathname !== paths.signIn);
  expect(new URL(page.url()).hostname).toBe('127.0.0.1');
});

test('a person who signed out has to sign in again', async ({ page, open }) => {
  await signIn(page, 'ben');
  await open(paths.repositories);
  const menu = await openMenu(page);
  await menu.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL((url) => url.pathname === paths.signIn);
  await open(paths.repositories);
  expect(new URL(page.url()).pathname).toBe(paths.signIn);
});
