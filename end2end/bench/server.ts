/** A server of the release build, started for one measurement. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/ports.ts';
import { binary, root } from '../support/programs.ts';

export interface Server {
  url: string;
  /** From the start of the process to the first page that it served, in milliseconds. */
  startMilliseconds: number;
  /** From the start of the process until it had listed the registry, in milliseconds. */
  readyMilliseconds: number;
  /** The memory of the process now, in bytes. */
  residentBytes: () => number;
  stop: () => Promise<void>;
}

/** Starts `gantry demo` with more options, and waits until it serves pages and knows the registry's repositories. */
export async function demo(...options: string[]): Promise<Server> {
  return start(binary('release'), ['demo'], options);
}

/** The same, on the first core of the machine only. */
export async function demoOnOneCore(...options: string[]): Promise<Server> {
  return start('taskset', ['--cpu-list', '0', binary('release'), 'demo'], options);
}

async function start(program: string, command: string[], options: string[]): Promise<Server> {
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const started = performance.now();
  const child = spawn(program, [...command, '--listen', address, ...options], {
    cwd: root,
    env: { ...process.env, GANTRY_LOG: 'off' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill());
  const ended = once(child, 'exit');
  const untilAnswered = async (path: string) => {
    while (!(await answers(url + path))) {
      if (child.exitCode !== null) throw new Error(`gantry demo ended with ${child.exitCode}`);
      await sleep(5);
    }
    return performance.now() - started;
  };
  return {
    url,
    startMilliseconds: await untilAnswered('/sign-in'),
    readyMilliseconds: await untilAnswered('/readyz'),
    residentBytes: () => residentBytes(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function residentBytes(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
