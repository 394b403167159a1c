/** Real clients of the demo's registry: skopeo, and AWS's own library for Python. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The address of a registry, from the login command on a page. */
export interface Endpoint {
  url: string;
  region: string;
}

/** Parses the endpoint and the region of `aws ecr get-login-password --region R --endpoint-url U | ..`. */
export function endpointOf(loginCommand: string): Endpoint {
  const option = (name: string) => new RegExp(`--${name} (\\S+)`).exec(loginCommand)?.[1] ?? '';
  return { url: option('endpoint-url'), region: option('region') };
}

/** Calls an ECR operation by its name in boto3, such as `put_image`. */
export function boto3<Answer>(endpoint: Endpoint, operation: string, request: object = {}): Answer {
  const script = join(import.meta.dirname, 'boto3_call.py');
  return JSON.parse(run('python3', [script, endpoint.url, endpoint.region, operation, JSON.stringify(request)])) as Answer;
}

/** The password that `aws ecr get-login-password` prints. */
export function loginPassword(endpoint: Endpoint): string {
  const answer = boto3<{ authorizationData: [{ authorizationToken: string }] }>(endpoint, 'get_authorization_token');
  const [, password] = Buffer.from(answer.authorizationData[0].authorizationToken, 'base64').toString().split(':');
  return password ?? '';
}

/** Copies an image with everything that an index references. */
export function skopeoCopy(source: string, destination: string, password: string): void {
  const credentials = [source, destination].flatMap((end, position) => {
    const side = position === 0 ? 'src' : 'dest';
    // The demo's registry speaks plain HTTP on the loopback, which docker also accepts there.
    return end.startsWith('docker://') ? [`--${side}-creds=AWS:${password}`, `--${side}-tls-verify=false`] : [];
  });
  run('skopeo', ['--insecure-policy', 'copy', '--all', '--quiet', ...credentials, source, destination]);
}

function run(program: string, options: string[]): string {
  return execFileSync(program, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
