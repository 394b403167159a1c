/** The transfer size of each page with an empty cache. */

import type { BrowserContext } from '@playwright/test';
import { paths } from '../support/paths.ts';
import { bytesOf, code, coldTransfers } from '../support/transfer.ts';
import type { Report } from './main.ts';

const repository = 'storefront/users-api';

const pages = {
  'sign-in': paths.signIn,
  repositories: paths.repositories,
  repository: paths.repository(repository),
  tag: paths.tag(repository, 'latest'),
  policy: paths.policy(repository),
  lifecycle: paths.lifecycle(repository),
  access: paths.access,
};

/** Reports what each page transfers, in total and by kind. */
export async function transfers(context: BrowserContext, report: Report): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    const page = await context.newPage();
    const found = await coldTransfers(page, path);
    await page.close();
    report(`transferred by the ${name} page`, bytesOf(found), 'bytes', 'Chromium, empty cache, headers included, to a quiet network', {
      code: bytesOf(found, ...code),
      style: bytesOf(found, 'text/css'),
      document: bytesOf(found, 'text/html'),
      requests: found.length,
    });
  }
}
