/**
 * Measures the release build of `gantry demo` on this machine. Prints one JSON object a line: what was measured, its
 * value and unit, and the method.
 */

import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { signIn } from '../support/gantry.ts';
import { nameOf } from '../support/paths.ts';
import type { Persona } from '../support/people.ts';
import { browser as launchOptions } from '../support/programs.ts';
import { keystrokes } from './keystrokes.ts';
import { firstBytes, guesses } from './latency.ts';
import { load } from './load.ts';
import { policies } from './policies.ts';
import { scrolling } from './scrolling.ts';
import { demo, demoOnOneCore, type Server } from './server.ts';
import { store } from './store.ts';
import { transfers } from './transfers.ts';

/** Prints one measurement. */
export type Report = (measure: string, value: number, unit: string, method: string, more?: object) => void;

const report: Report = (measure, value, unit, method, more) => {
  const rounded = Math.round(value * 100) / 100;
  process.stdout.write(`${JSON.stringify({ measure, value: rounded, unit, method, ...more })}\n`);
};

/** A new browser context with a persona's session. */
async function contextOf(browser: Browser, server: Server, persona: Persona): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await signIn(page, persona);
  await page.close();
  return context;
}

/** Opens a browser that is signed in as a persona. */
type BrowserOf = (persona: Persona) => Promise<BrowserContext>;

/** Measures what depends on the store. */
async function onOneCore() {
  const server = await demoOnOneCore();
  const browser = await chromium.launch(launchOptions);
  try {
    await store(server, await contextOf(browser, server, 'ana'), report);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Measures known pages while Amazon ECR is slow. */
async function whileSlow(latency: number) {
  const server = await demo('--seed', 'demo', '--latency', `${latency}ms`);
  const browser = await chromium.launch(launchOptions);
  try {
    await firstBytes(server, await contextOf(browser, server, 'ana'), latency, report);
    if (latency === 60) {
      const names = async (persona: Persona) => {
        const answer = await (await contextOf(browser, server, persona)).request.get('/api/repositories');
        return ((await answer.json()) as { rows: { repository: string }[] }).rows.map(({ repository }) => nameOf(repository));
      };
      // An administrator's list has every name. Gus is in no team.
      const shown = new Set(await names('gus'));
      const hidden = (await names('farah')).filter((name) => !shown.has(name));
      await guesses(server, await contextOf(browser, server, 'gus'), hidden, report);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Runs a part of the measurements against its own server. */
async function against(seed: 'demo' | 'large', measure: (server: Server, browserOf: BrowserOf) => Promise<void>) {
  const server = await demo('--seed', seed);
  const browser = await chromium.launch(launchOptions);
  try {
    const method = `gantry demo --seed ${seed}, embedded registry included`;
    report('start-up', server.startMilliseconds, 'ms', `${method}: from starting the process to the first page served`);
    report('ready', server.readyMilliseconds, 'ms', `${method}: from starting the process until every repository is listed`);
    await measure(server, (persona) => contextOf(browser, server, persona));
    report('resident memory', server.residentBytes() / 2 ** 20, 'MiB', `${method}: VmRSS after the measurements`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

await against('demo', async (_server, browserOf) => {
  await transfers(await browserOf('ana'), report);
});
await against('large', async (server, browserOf) => {
  const ana = await browserOf('ana');
  await load(server, ana, report);
  await keystrokes(ana, report);
  // An administrator's list has every repository.
  await scrolling(await browserOf('farah'), report);
});
await onOneCore();
for (const latency of [0, 60, 200]) await whileSlow(latency);
await policies(report);
