/** Every page of the site, each with personas for which its content differs. */

import { paths } from './paths.ts';
import type { Persona } from './people.ts';

export interface Visit {
  page: string;
  path: string;
  persona?: Persona;
  /** The page's heading, in English. */
  heading: string | RegExp;
  /** The status of the response; 200 by default. */
  status?: number;
}

const unknownDigest = `sha256:${'0'.repeat(64)}`;

const auditor = 'arn:aws:iam::111122223333:role/payments-auditor';

export const visits: Visit[] = [
  { page: 'the sign-in', path: paths.signIn, heading: 'Sign in' },
  { page: 'the repositories', path: paths.repositories, persona: 'ana', heading: 'Repositories' },
  { page: 'the repositories', path: paths.repositories, persona: 'dana', heading: 'Repositories' },
  { page: 'the repositories', path: paths.repositories, persona: 'farah', heading: 'Repositories' },
  { page: 'the repositories', path: paths.repositories, persona: 'gus', heading: 'Repositories' },
  { page: 'the repositories', path: paths.repositories, persona: 'hana', heading: 'Repositories' },
  { page: 'a repository', path: paths.repository('storefront/users-api'), persona: 'ana', heading: 'storefront/users-api' },
  { page: 'a long repository', path: paths.repository('checkout/orders-worker'), persona: 'ben', heading: 'checkout/orders-worker' },
  { page: 'a list of tags only', path: paths.repository('checkout/orders-worker'), persona: 'ana', heading: 'checkout/orders-worker' },
  { page: 'an empty repository', path: paths.repository('sandbox/empty'), persona: 'ana', heading: 'sandbox/empty' },
  { page: 'hostile tags', path: paths.repository('suspicious/upload'), persona: 'ana', heading: 'suspicious/upload' },
  { page: 'a floating tag', path: paths.tag('storefront/users-api', 'latest'), persona: 'ana', heading: 'latest' },
  { page: 'a stage', path: paths.tag('prod/storefront/users-api', 'prod'), persona: 'erik', heading: 'prod' },
  { page: 'a history', path: paths.history('storefront/users-api', 'prod'), persona: 'ana', heading: 'prod' },
  { page: 'a history at a time before it', path: paths.history('storefront/users-api', 'prod', { at: '2001-01-01T00:00' }), persona: 'ana', heading: 'prod' },
  { page: 'a history at no time', path: paths.history('storefront/users-api', 'prod', { at: 'yesterday' }), persona: 'ana', heading: 'prod' },
  { page: 'hostile labels', path: paths.tag('suspicious/upload', 'markup'), persona: 'ana', heading: 'markup' },
  { page: 'a policy', path: paths.policy('storefront/users-api'), persona: 'ana', heading: 'storefront/users-api' },
  { page: 'a policy with denials', path: paths.policy('payments/payments-api'), persona: 'dana', heading: 'payments/payments-api' },
  { page: 'a hand-written policy', path: paths.policy('prod/checkout/orders-api'), persona: 'erik', heading: 'prod/checkout/orders-api' },
  { page: 'an explanation', path: paths.why('payments/payments-api', auditor, 'ecr:BatchGetImage'), persona: 'dana', heading: 'payments/payments-api' },
  { page: 'an invalid question', path: paths.why('payments/payments-api', 'nobody', 'nothing'), persona: 'dana', heading: 'payments/payments-api' },
  { page: 'a lifecycle policy', path: paths.lifecycle('storefront/users-api'), persona: 'ana', heading: 'storefront/users-api' },
  { page: 'no lifecycle policy', path: paths.lifecycle('storefront/users-web'), persona: 'ana', heading: 'storefront/users-web' },
  { page: 'a search', path: `${paths.search}?q=users`, persona: 'ana', heading: 'Search' },
  { page: 'a search that finds nothing', path: `${paths.search}?q=nothing-of-the-kind`, persona: 'ana', heading: 'Search' },
  { page: 'my access', path: paths.access, persona: 'chao', heading: 'access' },
  { page: 'my access', path: paths.access, persona: 'dana', heading: 'access' },
  { page: 'my access', path: paths.access, persona: 'gus', heading: 'access' },
  { page: 'the audit log', path: paths.audit, persona: 'farah', heading: 'Audit log' },
  { page: 'an audit log search without results', path: `${paths.audit}?q=nobody+wrote+this`, persona: 'farah', heading: 'Audit log' },
  { page: 'the audit log without permission', path: paths.audit, persona: 'ana', heading: /found/i, status: 404 },
  { page: 'your sessions', path: paths.sessions, persona: 'ana', heading: 'Your sessions' },
  { page: 'people who are signed in', path: paths.people, persona: 'farah', heading: 'Signed-in people' },
  { page: 'a search for people without results', path: `${paths.people}?q=nobody`, persona: 'farah', heading: 'Signed-in people' },
  { page: 'the list of people without permission', path: paths.people, persona: 'ana', heading: /found/i, status: 404 },
  { page: 'the links', path: paths.links, persona: 'ana', heading: 'Share links' },
  { page: 'the links', path: paths.links, persona: 'gus', heading: 'Share links' },
  { page: 'the links of all users', path: `${paths.links}?everybody=on`, persona: 'farah', heading: 'Share links' },
  { page: 'the form for a link', path: paths.newLink('storefront/users-api'), persona: 'ana', heading: 'Create share link' },
  { page: 'the form for a link with two teams', path: paths.newLink('base/debian'), persona: 'chao', heading: 'Create share link' },
  { page: 'a confirmation without links', path: `${paths.links}/revoke`, persona: 'ana', heading: 'Revoke links' },
  { page: 'a confirmation without sessions', path: `${paths.sessions}/end?others=true`, persona: 'hana', heading: 'End sessions' },
  { page: 'a new link of another person', path: `${paths.links}/made/AAAAAAAA`, persona: 'ana', heading: /found/i, status: 404 },
  { page: "the form for a link to another team's repository", path: paths.newLink('payments/ledger'), persona: 'ana', heading: /found/i, status: 404 },
  { page: 'an unknown URL', path: '/nothing/here', persona: 'ana', heading: /found/i, status: 404 },
  { page: "another team's repository", path: paths.repository('payments/ledger'), persona: 'ana', heading: /found/i, status: 404 },
  { page: 'an unknown digest', path: paths.image('storefront/users-api', unknownDigest), persona: 'ana', heading: 'No such image', status: 404 },
  { page: 'an unknown short digest', path: paths.image('storefront/users-api', '000000000000'), persona: 'ana', heading: 'No such image', status: 404 },
  { page: 'a misspelt tag', path: paths.tag('storefront/users-api', 'prdo'), persona: 'ana', heading: 'No such tag', status: 404 },
  { page: 'a withheld policy', path: paths.policy('storefront/products-api'), persona: 'ben', heading: 'Not granted', status: 403 },
];
