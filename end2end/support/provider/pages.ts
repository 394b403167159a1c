/** The provider's own pages: plain, without scripts and without external resources. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { InteractionResults, Provider } from 'oidc-provider';
import { isPersona } from './accounts.ts';

/** A page of the provider. */
export function page(title: string, content: string): string {
  const head = `<meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}

const login = page(
  'Who are you?',
  '<form method="post"><label>Name <input name="name" autofocus required></label> <button>Continue</button></form>',
);

const consent = page(
  'May Gantry know who you are?',
  '<form method="post"><button name="answer" value="continue">Continue</button> <button name="answer" value="abort">Abort</button></form>',
);

/** Asks a person for their name, then for their consent. */
export async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  const asksForConsent = interaction.prompt.name === 'consent';
  const answer = request.method === 'POST' ? new URLSearchParams(await text(request)) : undefined;
  const finish = (result: InteractionResults) => provider.interactionFinished(request, response, result);
  const name = answer?.get('name') ?? '';
  if (answer?.get('answer') === 'abort') {
    return finish({ error: 'access_denied', error_description: 'The person said no.' });
  }
  if (answer && asksForConsent) {
    return finish({ consent: { grantId: await grant(provider, interaction) } });
  }
  if (answer && isPersona(name)) {
    return finish({ login: { accountId: name } });
  }
  response.setHeader('content-type', 'text/html; charset=utf-8').end(asksForConsent ? consent : login);
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

async function grant(provider: Provider, { session, params, grantId }: Interaction): Promise<string> {
  const known = grantId ? await provider.Grant.find(grantId) : undefined;
  const grant = known ?? new provider.Grant({ accountId: session?.accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  return grant.save();
}
