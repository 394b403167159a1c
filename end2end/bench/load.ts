/** How many requests a second the list of repositories answers, and the 99th percentile of the response time. */

import autocannon from 'autocannon';
import type { BrowserContext } from '@playwright/test';
import { paths } from '../support/paths.ts';
import type { Report } from './main.ts';
import type { Server } from './server.ts';

/** A namespace of the large registry, with fifty repositories. */
const path = `${paths.repositories}?namespace=domain-005`;

/** Requests one page repeatedly over sixteen connections. Each connection waits for its response. */
export async function load(server: Server, context: BrowserContext, report: Report): Promise<void> {
  const rows = await countRows(context);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const options = { url: server.url + path, headers: { cookie }, connections: 16 };
  await autocannon({ ...options, duration: 2 });
  const result = await autocannon({ ...options, duration: 10 });
  if (result.non2xx + result.errors > 0) {
    const { non2xx, errors, timeouts, statusCodeStats } = result;
    throw new Error(`requests failed: ${JSON.stringify({ non2xx, errors, timeouts, statusCodeStats })}`);
  }
  const method = `autocannon on the same machine, 16 connections, 10 s after 2 s of warming up, ${rows} rows`;
  report('requests a second, repositories page', result.requests.average, '1/s', method);
  report('p99, repositories page', result.latency.p99, 'ms', method);
}

async function countRows(context: BrowserContext): Promise<number> {
  const page = await context.newPage();
  await page.goto(path);
  const rows = await page.locator('main tbody tr:visible').count();
  await page.close();
  if (rows === 0) throw new Error(`${path} shows no repository`);
  return rows;
}
