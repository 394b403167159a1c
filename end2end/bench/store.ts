/** How many session look-ups and share links a second a server with one core handles. */

import autocannon from 'autocannon';
import type { BrowserContext } from '@playwright/test';
import { paths } from '../support/paths.ts';
import type { Report } from './main.ts';
import type { Server } from './server.ts';

/** Requests both repeatedly over sixteen connections. Each connection waits for its response. */
export async function store(server: Server, context: BrowserContext, report: Report): Promise<void> {
  const method = 'gantry demo on one core (taskset), SQLite, 16 connections from the other core, 10 s after 2 s of warming up';
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const looked = await rate(`${server.url}/`, { cookie }, 303);
  report('sessions looked up a second', looked.perSecond, '1/s', `${method}: GET /, which finds the session and redirects`, { p99: looked.p99 });
  const opened = await rate(server.url + (await makeLink(context)), {}, 200);
  report('link views a second', opened.perSecond, '1/s', `${method}: a tag, then and now; the first view of a minute is counted and recorded`, { p99: opened.p99 });
}

/** Creates a link by the form, and returns its path. */
async function makeLink(context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  await page.goto(paths.newLink('storefront/users-api', { tag: 'latest' }));
  await page.getByRole('button', { name: 'Make the link' }).click();
  const url = await page.getByText(/\/s\/[\w-]{40}/).first().innerText();
  await page.close();
  return new URL(url.trim()).pathname;
}

async function rate(url: string, headers: Record<string, string>, expected: number) {
  const options = { url, headers, connections: 16 };
  await autocannon({ ...options, duration: 2 });
  const { requests, latency, statusCodeStats = {} } = await autocannon({ ...options, duration: 10 });
  const others = Object.keys(statusCodeStats).filter((status) => status !== String(expected));
  if (others.length > 0) throw new Error(`${url} answered ${JSON.stringify(statusCodeStats)}`);
  return { perSecond: requests.average, p99: latency.p99 };
}
