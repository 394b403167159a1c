/** Writes a multi-platform image to disk as an OCI image layout, as a builder does. */

import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

/**
 * Fills an empty folder with two tags: `image` for one platform, and `index` for that platform and a second one. The
 * layers are random, so that every call creates new digests. Returns both digests.
 */
export function writeImageLayout(folder: string): { image: string; index: string } {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  const amd64 = writeImage(folder, 'amd64');
  const arm64 = writeImage(folder, 'arm64');
  const platforms = [
    { ...amd64, platform: { os: 'linux', architecture: 'amd64' } },
    { ...arm64, platform: { os: 'linux', architecture: 'arm64' } },
  ];
  const index = writeJson(folder, types.index, { schemaVersion: 2, mediaType: types.index, manifests: platforms });
  const named = (descriptor: Descriptor, name: string) => ({
    ...descriptor,
    annotations: { 'org.opencontainers.image.ref.name': name },
  });
  const tags = { schemaVersion: 2, manifests: [named(amd64, 'image'), named(index, 'index')] };
  writeFileSync(join(folder, 'index.json'), JSON.stringify(tags));
  return { image: amd64.digest, index: index.digest };
}

function writeImage(folder: string, architecture: string): Descriptor {
  writeFileSync(join(folder, 'content'), randomBytes(4096));
  const layer = execFileSync('tar', ['--create', '--gzip', '--directory', folder, 'content']);
  const config = {
    os: 'linux',
    architecture,
    config: { Entrypoint: ['/content'], Labels: { 'org.opencontainers.image.title': 'pushed by a test' } },
    rootfs: { type: 'layers', diff_ids: [digestOf(gunzipSync(layer))] },
    history: [{ created_by: 'COPY content /content' }],
  };
  return writeJson(folder, types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: writeJson(folder, types.config, config),
    layers: [writeBlob(folder, types.layer, layer)],
  });
}

function writeJson(folder: string, mediaType: string, value: object): Descriptor {
  return writeBlob(folder, mediaType, Buffer.from(JSON.stringify(value)));
}

function writeBlob(folder: string, mediaType: string, bytes: Buffer): Descriptor {
  const digest = digestOf(bytes);
  writeFileSync(join(folder, 'blobs', digest.replace(':', '/')), bytes);
  return { mediaType, digest, size: bytes.length };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
