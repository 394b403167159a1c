/** The URLs of the site. They are fixed here on purpose: bookmarks must keep working when the code changes. */

/** The demo's registry, by its alias in the configuration. */
export const registry = 'retail';

/** A repository's name, from its text with the registry. */
export const nameOf = (repository: string) => repository.slice(repository.indexOf('/') + 1);

export const paths = {
  signIn: '/sign-in',
  signInStart: '/sign-in/start',
  signInCallback: '/sign-in/callback',
  repositories: '/repositories',
  access: '/access',
  sessions: '/sessions',
  people: '/sessions/people',
  search: '/search',
  links: '/links',
  newLink: (name: string, part: { tag?: string; digest?: string } = {}) =>
    `/links/new?${new URLSearchParams({ registry, name, ...part })}`,
  repository: (name: string) => `/repositories/${registry}/${name}`,
  tag: (name: string, tag: string) => `/tags/${registry}/${tag}/${name}`,
  history: (name: string, tag: string, query: Record<string, string> = {}) =>
    `/history/${registry}/${tag}/${name}${Object.keys(query).length ? `?${new URLSearchParams(query)}` : ''}`,
  image: (name: string, digest: string) => `/images/${registry}/${digest}/${name}`,
  policy: (name: string) => `/policies/${registry}/${name}`,
  /** A policy's page with the explanation why a principal may take an action, or may not. */
  why: (name: string, principal: string, action: string) =>
    `/policies/${registry}/${name}?${new URLSearchParams({ principal, action })}`,
  audit: '/audit',
  lifecycle: (name: string) => `/lifecycle/${registry}/${name}`,
};
