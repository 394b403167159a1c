/** The transfer size of a page. */

import type { Page } from '@playwright/test';

/** One response, with its headers, as the browser received it. */
export interface Transfer {
  url: string;
  /** The media type, without parameters. */
  mediaType: string;
  /** Bytes on the wire, after compression if the server compressed them. */
  bytes: number;
}

/** Opens a page with an empty cache and lists all transfers until the network is idle. */
export async function coldTransfers(page: Page, path: string): Promise<Transfer[]> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.clearBrowserCache');
  const transfers = new Map<string, Transfer>();
  client.on('Network.responseReceived', ({ requestId, response }) => {
    transfers.set(requestId, { url: response.url, mediaType: response.mimeType, bytes: 0 });
  });
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const transfer = transfers.get(requestId);
    if (transfer) transfer.bytes = encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await client.detach();
  return [...transfers.values()].filter((transfer) => !transfer.url.startsWith('data:'));
}

/** Adds up the bytes of responses with one of the media types, or of all responses if none is given. */
export function bytesOf(transfers: Transfer[], ...mediaTypes: string[]): number {
  return transfers
    .filter((transfer) => mediaTypes.length === 0 || mediaTypes.includes(transfer.mediaType))
    .reduce((sum, transfer) => sum + transfer.bytes, 0);
}

/** The media types of code that runs in the page. */
export const code = ['text/javascript', 'application/javascript', 'application/wasm'];
