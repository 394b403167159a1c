/**
 * Builds the browser's part into target/site: WebAssembly, the script around it and the stylesheet. All three share a
 * name with a hash of their bytes, so that browsers can cache them for ever: `gantry.<hash>.js`,
 * `gantry.<hash>_bg.wasm`, `gantry.<hash>.css`. The server finds the name by the stylesheet. With `--dev` nothing is
 * optimised, compressed or hashed. With `--style` only the stylesheet is built.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = join(root, 'target/front/out');
const site = join(root, 'target/site');

/** The supported browsers: the versions of the last two and a half years. */
const browsers = '--target=chrome120,firefox121,safari17.2';

const dev = process.argv.includes('--dev');
const styleOnly = process.argv.includes('--style');

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}

function buildScript(): void {
  const profile = dev ? 'dev' : 'wasm-release';
  const target = ['--target=wasm32-unknown-unknown', '--target-dir=target/front'];
  run('cargo', 'build', '--locked', '--package=gantry', '--lib', `--profile=${profile}`, ...target);
  const built = join('target/front/wasm32-unknown-unknown', dev ? 'debug' : profile, 'gantry.wasm');
  const bound = join(work, 'bound');
  const names = dev ? ['--debug', '--keep-debug'] : ['--remove-name-section', '--remove-producers-section'];
  run('wasm-bindgen', '--target=web', '--no-typescript', ...names, '--out-name=gantry', `--out-dir=${bound}`, built);
  const wasm = join(bound, 'gantry_bg.wasm');
  if (dev) {
    copyFileSync(wasm, join(work, 'gantry_bg.wasm'));
  } else {
    const features = ['--enable-bulk-memory', '--enable-nontrapping-float-to-int'];
    run('wasm-opt', '-Oz', '--converge', ...features, wasm, '-o', join(work, 'gantry_bg.wasm'));
  }
  const bundling = ['--bundle', '--format=esm', browsers, '--log-level=warning', ...(dev ? [] : ['--minify'])];
  run('esbuild', join(bound, 'gantry.js'), ...bundling, `--outfile=${join(work, 'gantry.js')}`);
}

function buildStyle(): void {
  const bundling = ['--bundle', browsers, '--log-level=warning', ...(dev ? [] : ['--minify'])];
  run('esbuild', 'style/main.css', ...bundling, `--outfile=${join(work, 'gantry.css')}`);
}

/** Writes compressed copies of a file beside it, with Brotli and gzip. */
function compress(path: string): void {
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

const suffixes = ['.js', '_bg.wasm', '.css'];

/** Replaces the published files. */
function publish(): void {
  const hash = createHash('sha256');
  for (const suffix of suffixes) hash.update(readFileSync(join(work, `gantry${suffix}`)));
  const name = dev ? 'gantry' : `gantry.${hash.digest('base64url').slice(0, 16)}`;
  const next = join(work, 'site');
  rmSync(next, { recursive: true, force: true });
  mkdirSync(join(next, 'pkg'), { recursive: true });
  cpSync(join(root, 'public'), next, { recursive: true });
  for (const suffix of suffixes) copyFileSync(join(work, `gantry${suffix}`), join(next, 'pkg', `${name}${suffix}`));
  if (!dev) {
    for (const folder of [next, join(next, 'pkg')]) {
      for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isFile()) compress(join(folder, entry.name));
    }
  }
  rmSync(site, { recursive: true, force: true });
  renameSync(next, site);
}

mkdirSync(work, { recursive: true });
if (!styleOnly) buildScript();
buildStyle();
publish();
