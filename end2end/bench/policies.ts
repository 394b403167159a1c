/** How fast the policy language is: decisions, parsing, a company's matrix, and questions a second as JSON Lines. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Report } from './main.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Measures `crates/policy` by its own benchmark, and `gantry policy eval` by its input and output. */
export async function policies(report: Report): Promise<void> {
  const cargo = (...args: string[]) => execFileSync('cargo', args, { cwd: root, encoding: 'utf8' });
  cargo('bench', '--locked', '--quiet', '--package', 'policy', '--bench', 'decisions');
  const method = 'criterion, median, one core: a policy of five statements, two under a condition';
  // One round has twelve questions.
  report('decisions a second', (12 * 1e9) / median('decide'), '1/s', method);
  report('policies read and compiled a second', 1e9 / median('read_and_compile'), '1/s', method);
  const matrix = JSON.parse(cargo('run', '--locked', '--quiet', '--release', '--package', 'policy', '--example', 'matrix'));
  const size = '5,000 repositories with a policy each, 50 principals, 20 actions, one core';
  report('matrix of a company', matrix.seconds, 's', size, { decisions: matrix.decisions });
  report('memory of that matrix', matrix.peak_kib / 1024, 'MiB', `${size}: VmHWM of the process, policies included`);
  const lines = 300_000;
  const seconds = await answer(questions(lines));
  report('gantry policy eval', lines / seconds, 'lines/s', `${lines} lines of 1.3 kB over 100 policies, one process, from a file`);
}

/** The nanoseconds that a benchmark took, as criterion estimates. */
function median(name: string): number {
  const file = `${root}target/criterion/policy/${name}/new/estimates.json`;
  return JSON.parse(readFileSync(file, 'utf8')).median.point_estimate;
}

/** This many questions over a hundred policies. */
function questions(count: number): Buffer {
  const policy = readFileSync(`${root}crates/policy/benches/typical.json`, 'utf8');
  const compact = JSON.stringify(JSON.parse(policy));
  const line = (n: number) => {
    const account = String(111122220000 + (n % 100));
    const question = {
      id: n,
      principal: `arn:aws:iam::${account}:role/${['developer', 'ci', 'intern'][n % 3]}`,
      principal_tags: {},
      action: ['ecr:PutImage', 'ecr:BatchGetImage', 'ecr:DescribeImages'][n % 3],
      resource: `arn:aws:ecr:eu-central-1:${account}:repository/shop/web`,
      resource_account: account,
      context: { 'aws:SecureTransport': 'true', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
      identity_policies: [],
      registry_policy: null,
    };
    const own = compact.replaceAll('111122223333', account);
    return `${JSON.stringify(question).slice(0, -1)},"resource_policy":${own}}\n`;
  };
  return Buffer.from(Array.from({ length: count }, (_, n) => line(n)).join(''));
}

/** The seconds that `gantry policy eval` takes to answer. */
async function answer(input: Buffer): Promise<number> {
  const folder = mkdtempSync(`${tmpdir()}/gantry-bench-`);
  try {
    const file = `${folder}/questions.jsonl`;
    writeFileSync(file, input);
    const started = performance.now();
    const gantry = spawn(`${root}target/release/gantry`, ['policy', 'eval'], { stdio: [openSync(file, 'r'), 'ignore', 'inherit'] });
    const [code] = await once(gantry, 'close');
    if (code !== 0) throw new Error(`gantry policy eval ended with ${code}`);
    return (performance.now() - started) / 1_000;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
