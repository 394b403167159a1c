/**
 * How long known pages take to send their first byte while Amazon ECR is slow, and whether the response time
 * distinguishes hidden names from absent ones.
 */

import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext } from '@playwright/test';
import { nameOf, paths } from '../support/paths.ts';
import type { Report } from './main.ts';
import type { Server } from './server.ts';

/** The length of a pause: after it, every part of a page is too old to count as current. */
const REST_SECONDS = 35;

/** The number of pauses. Each page is measured once after each of them. */
const ROUNDS = 2;

/** Measures five kinds of pages that a persona has opened before. */
export async function firstBytes(server: Server, context: BrowserContext, latency: number, report: Report): Promise<void> {
  const ask = await asker(server, context);
  const kinds = await pagesOf(context);
  for (const pages of Object.values(kinds)) for (const page of pages) await ask(page);
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, [] as number[]]));
  for (let round = 0; round < ROUNDS; round += 1) {
    await sleep(REST_SECONDS * 1_000);
    for (const [kind, pages] of Object.entries(kinds)) for (const page of pages) times[kind]?.push((await ask(page)).milliseconds);
  }
  const method = `gantry demo --latency ${latency}: pages opened before, then ${REST_SECONDS} s of rest, then one request each, ${ROUNDS} rounds`;
  for (const [kind, all] of Object.entries(times)) {
    const more = { p99: round(quantile(all, 0.99)), samples: all.length };
    report(`first byte, ${kind}, ${latency} ms of ECR latency`, quantile(all, 0.5), 'ms', method, more);
  }
}

/** Compares 200 hidden names with 200 absent ones, requested alternately. */
export async function guesses(server: Server, context: BrowserContext, hidden: string[], report: Report): Promise<void> {
  const ask = await asker(server, context);
  const [ofHidden, ofAbsent]: [number[], number[]] = [[], []];
  for (let guess = 0; guess < 200; guess += 1) {
    const name = hidden[guess % hidden.length] ?? '';
    for (const [times, guessed] of [[ofHidden, name], [ofAbsent, absent(name, guess)]] as const) {
      const answer = await ask(paths.repository(guessed));
      if (answer.status !== 404) throw new Error(`${guessed} answered ${answer.status}`);
      times.push(answer.milliseconds);
    }
  }
  const [one, other] = [quantile(ofHidden, 0.5), quantile(ofAbsent, 0.5)];
  const method = '200 hidden and 200 absent names in turns, whole answers of /repositories/..., at 60 ms of ECR latency';
  report('a hidden name and an absent one, medians apart', Math.abs(one - other), 'ms', method, { hidden: round(one), absent: round(other) });
}

/** An absent name of the same length. */
function absent(name: string, guess: number): string {
  const mark = `x${guess}`;
  return name.slice(0, -mark.length) + mark;
}

/** The pages of every repository that a persona sees, by kind. */
async function pagesOf(context: BrowserContext): Promise<Record<string, string[]>> {
  const repositories = (await (await context.request.get('/api/repositories')).json()) as { rows: { repository: string }[] };
  const names = repositories.rows.map(({ repository }) => nameOf(repository));
  const kinds = { repository: [] as string[], tag: [] as string[], image: [] as string[], policy: [] as string[], lifecycle: [] as string[] };
  for (const name of names) {
    kinds.repository.push(paths.repository(name));
    kinds.policy.push(paths.policy(name));
    kinds.lifecycle.push(paths.lifecycle(name));
    const images = (await (await context.request.get(`/api/images?registry=retail&name=${name}`)).json()) as {
      rows: { digest: string; tags: { tag: string }[] }[];
    };
    for (const { digest, tags } of images.rows.slice(0, 3)) {
      kinds.image.push(paths.image(name, digest));
      if (tags[0]) kinds.tag.push(paths.tag(name, tags[0].tag));
    }
  }
  return kinds;
}

/** Requests a path over one connection and measures the time to the first byte of the body. */
async function asker(server: Server, context: BrowserContext) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  return async (path: string): Promise<{ status: number; milliseconds: number }> => {
    const began = performance.now();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(server.url + path, { agent, headers: { cookie } }, resolve).on('error', reject);
    });
    let first: number | undefined;
    for await (const _ of response) first ??= performance.now();
    return { status: response.statusCode ?? 0, milliseconds: (first ?? performance.now()) - began };
  };
}

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

const round = (value: number) => Math.round(value * 100) / 100;
