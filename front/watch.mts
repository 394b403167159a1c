/**
 * Runs the demo, rebuilds it after changes, and updates open pages. `./dev watch` starts it. A small proxy is between
 * the browser and the demo. It adds a script to each page that reloads the page, or only its stylesheet, after a build.
 * The product itself contains no code for this.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as listenTo, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [address = '127.0.0.1:8080', ...demo] = process.argv.slice(2);
const events = '/.dev/events';

/** What a changed file affects, by its folder. */
const concerns: Record<'style' | 'front' | 'server', string[]> = {
  style: ['style', 'public'],
  front: ['app', 'src', 'crates/model', 'crates/policy', 'crates/words'],
  server: ['server', 'crates/access', 'crates/dashboard', 'crates/ecr', 'crates/ecr-local', 'crates/store'],
};
type Concern = keyof typeof concerns;

const say = (text: string): void => console.error(`watch: ${text}`);

function finished(program: string, ...args: string[]): Promise<boolean> {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => child.on('error', () => resolve(false)).on('exit', (code) => resolve(code === 0)));
}

const buildStyle = (): Promise<boolean> => finished('tsx', 'front/build.mts', '--dev', '--style');
const buildFront = (): Promise<boolean> => finished('tsx', 'front/build.mts', '--dev');
const buildServer = (): Promise<boolean> => finished('cargo', 'build', '--locked', '--package=server');

// The server, on its own port.
const port = await new Promise<number>((resolve) => {
  const any = listenTo().listen(0, '127.0.0.1', () => {
    const { port } = any.address() as AddressInfo;
    any.close(() => resolve(port));
  });
});
let server: ChildProcess | undefined;

async function restart(): Promise<void> {
  if (server && server.exitCode === null) {
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
  }
  const args = ['demo', '--listen', `127.0.0.1:${port}`, ...demo];
  server = spawn('target/debug/gantry', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; tries < 200 && server.exitCode === null; tries += 1) {
    if (await isReady()) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  say('the demo does not answer');
}

function isReady(): Promise<boolean> {
  return new Promise((resolve) => {
    request({ port, path: '/readyz' }, (answer) => resolve(answer.resume().statusCode === 200))
      .on('error', () => resolve(false))
      .end();
  });
}

// Open pages.
const pages = new Set<ServerResponse>();
const tell = (what: 'page' | 'style'): void => pages.forEach((page) => page.write(`data: ${what}\n\n`));

/** The script in each page: it reloads the stylesheet or the page. */
function inPage(): void {
  new EventSource('/.dev/events').onmessage = ({ data }) => {
    if (data !== 'style') return location.reload();
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) {
      link.href = `${link.href.split('?')[0]}?${Date.now()}`;
    }
  };
}

function proxy(asked: IncomingMessage, answer: ServerResponse): void {
  if (asked.url === events) {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write('\n');
    pages.add(answer);
    asked.on('close', () => pages.delete(answer));
    return;
  }
  // Uncompressed, so that the script can be added.
  const { 'accept-encoding': _, ...headers } = asked.headers;
  const passed = request({ port, path: asked.url, method: asked.method, headers }, (given) => {
    const { 'content-length': length, ...kept } = given.headers;
    const nonce = /'nonce-([^']+)'/.exec(String(given.headers['content-security-policy'] ?? ''))?.[1];
    const isPage = nonce !== undefined && String(kept['content-type']).startsWith('text/html');
    answer.writeHead(given.statusCode ?? 502, isPage ? kept : given.headers);
    given.pipe(answer, { end: !isPage });
    if (isPage) given.on('end', () => answer.end(`<script nonce="${nonce}">(${inPage.toString()})()</script>`));
  });
  passed.on('error', () => answer.headersSent || answer.writeHead(502).end('The demo is starting again.\n'));
  asked.pipe(passed);
}

// Changes.
const changed = new Set<Concern>();
let building = false;

async function buildChanged(): Promise<void> {
  if (building) return;
  building = true;
  while (changed.size > 0) {
    const now = new Set(changed);
    changed.clear();
    const began = Date.now();
    const both = now.has('front') ? [buildFront(), buildServer()] : now.has('server') ? [buildServer()] : [buildStyle()];
    if ((await Promise.all(both)).every(Boolean)) {
      const all = now.has('front') || now.has('server');
      if (all) await restart();
      tell(all ? 'page' : 'style');
      say(`${[...now].join(', ')}: shown after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    } else {
      say('the build failed: the previous version keeps running');
    }
  }
  building = false;
}

let resting: NodeJS.Timeout | undefined;
for (const concern of Object.keys(concerns) as Concern[]) {
  for (const folder of concerns[concern]) {
    watch(`${root}${folder}`, { recursive: true }, (_, file) => {
      if (file?.endsWith('~') || file?.startsWith('.')) return;
      changed.add(concern);
      clearTimeout(resting);
      resting = setTimeout(() => void buildChanged(), 50);
    });
  }
}

say('building; the first time takes some minutes');
if (!(await buildFront()) || !(await buildServer())) process.exit(1);
await restart();
const [host = '127.0.0.1', outer = '8080'] = address.split(':');
createServer(proxy).listen(Number(outer), host, () => say(`http://${address} shows each change once it is built`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server?.kill('SIGKILL');
    process.exit(0);
  });
}
