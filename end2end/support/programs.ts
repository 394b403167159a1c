/** The programs that the tests and measurements run. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '../..');

/** Gantry's server of the given build. GANTRY_BIN names another one. */
export function binary(build: 'debug' | 'release'): string {
  return process.env.GANTRY_BIN ?? join(root, 'target', build, 'gantry');
}

/** How to start Chromium: the system's own or the one in CHROMIUM, without services that contact the network. */
export const browser = {
  executablePath: process.env.CHROMIUM ?? onPath('chromium'),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

function onPath(program: string): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, program);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  throw new Error(`${program} is not on PATH: ./dev setup installs it`);
}
