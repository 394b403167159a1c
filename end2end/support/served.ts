/** A real installation for one test: `gantry serve` over `gantry ecr-local`, with people who sign in at a provider. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { binary, root } from './programs.ts';
import { client } from './provider.ts';

/**
 * How long a program may take to start, in milliseconds. It has the debug profile, and the machine may have two cores.
 */
const patience = 60_000;

/** A running `gantry ..`. */
interface Running {
  /** Its output, by line. */
  lines: string[];
  /** Polls until it has started. */
  until: <Sign>(look: () => Promise<Sign | undefined> | Sign | undefined) => Promise<Sign>;
  stop: () => Promise<void>;
}

export interface Registry {
  /** Its address. */
  url: string;
  stop: () => Promise<void>;
}

/** Starts the demo's registry on a free port. */
export async function startRegistry(): Promise<Registry> {
  return listen(['--listen', '127.0.0.1:0', '--seed', 'demo']);
}

/** Starts the carrier's registry, which is in another account and region than the demo's. */
export async function startPartner(port = 0): Promise<Registry> {
  const place = ['--account', '444455556666', '--region', 'eu-west-1'];
  return listen(['--listen', `127.0.0.1:${port}`, '--seed', 'partner', ...place]);
}

async function listen(options: string[]): Promise<Registry> {
  const running = run(['ecr-local', ...options]);
  const url = await running.until(() => /ECR answers at (\S+)/.exec(running.lines.join('\n'))?.[1]);
  return { url, stop: running.stop };
}

/** Changes the text of a configuration. */
export type Change = (configuration: string) => string;

export interface Served {
  url: string;
  /** Restarts it on the same port with the same data. If a change is given, with a changed configuration. */
  restart: (change?: Change) => Promise<void>;
  stop: () => Promise<void>;
  /** Its log since its first start, by line. */
  log: () => string[];
}

/** Starts the dashboard at a loopback URL, and waits until it is ready. */
export async function serve(url: string, issuer: string, registry: Registry, partner?: Registry): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-'));
  const file = join(folder, 'gantry.toml');
  const lines: string[] = [];
  const start = async (change: Change) => {
    writeFileSync(file, change(configuration(url, issuer, registry, partner, join(folder, 'data'))));
    const running = run(['serve', '--config', file], lines);
    await running.until(async () => (await isReady(url)) || undefined);
    return running;
  };
  let running = await start((same) => same);
  return {
    url,
    restart: async (change = (same) => same) => {
      await running.stop();
      running = await start(change);
    },
    stop: async () => {
      await running.stop();
      rmSync(folder, { recursive: true });
    },
    log: () => [...lines],
  };
}

/** The demo's configuration, with a sign-in. */
function configuration(url: string, issuer: string, registry: Registry, partner: Registry | undefined, data: string): string {
  const text = JSON.stringify;
  const part = (file: string, { url }: Registry) =>
    readFileSync(join(root, 'server/src/demo', file), 'utf8').replace(/^endpoint_url = .*$/m, `endpoint_url = ${text(url)}`);
  return `${part('gantry.toml', registry)}
${partner ? part('partner.toml', partner) : ''}
[server]
listen = ${text(new URL(url).host)}
public_url = ${text(url)}
data_dir = ${text(data)}

[sign_in.oidc]
issuer = ${text(issuer)}
client_id = ${text(client.id)}
client_secret = ${text(client.secret)}
groups_claim = "groups"
scopes = ["openid", "profile", "email", "groups"]
`;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

function run(options: string[], lines: string[] = []): Running {
  const program = spawn(binary('debug'), options, {
    cwd: root,
    // The registry checks no signature, but the client needs credentials to sign.
    env: { ...process.env, AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => program.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(program, 'exit').then(() => process.off('exit', kill));
  for (const output of [program.stdout, program.stderr]) {
    createInterface(output).on('line', (line) => lines.push(line));
  }
  const stop = async () => {
    program.kill('SIGTERM');
    await ended;
  };
  const until: Running['until'] = async (look) => {
    const end = Date.now() + patience;
    for (;;) {
      const sign = await look();
      if (sign !== undefined) return sign;
      if (program.exitCode !== null || Date.now() > end) {
        await stop();
        throw new Error(`gantry ${options[0]} did not start:\n${lines.join('\n')}`);
      }
      await sleep(25);
    }
  };
  return { lines, until, stop };
}
