//! Layers: tar archives, compressed with gzip.

use std::io::{self, Write as _};

use flate2::{Compression, GzBuilder};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::Blob;
use crate::registry::Digest;

/// One layer of an image, and the line of history that made it.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The compressed bytes, which is what a registry stores.
    pub blob: Blob,
    /// The digest of the uncompressed tar, as `rootfs.diff_ids` wants it.
    pub diff_id: Digest,
    /// The build step, as it stands in the image's history.
    pub created_by: String,
}

impl Layer {
    /// A layer that holds the given files (path and content) and nothing else.
    ///
    /// # Errors
    ///
    /// When a path does not fit into a tar header.
    pub fn of_files(created_by: &str, files: &[(&str, &[u8])]) -> io::Result<Self> {
        let mut archive = tar::Builder::new(Vec::new());
        for (path, content) in files {
            let mut header = tar::Header::new_ustar();
            header.set_size(content.len() as u64);
            header.set_mode(if path.contains("bin/") { 0o755 } else { 0o644 });
            // A fixed time: equal files must give equal digests, whenever they are packed.
            header.set_mtime(0);
            archive.append_data(&mut header, path, *content)?;
        }
        let tar = archive.into_inner()?;
        Ok(Self {
            diff_id: Digest::of(&tar),
            blob: Blob::new(compress(&tar)?),
            created_by: created_by.to_owned(),
        })
    }

    /// A layer around one file of `size` bytes that do not compress, as programs and archives hardly do:
    /// what the registry stores is then about as large as `size`.
    ///
    /// # Errors
    ///
    /// When the path does not fit into a tar header.
    pub fn of_size(created_by: &str, path: &str, size: usize, seed: u64) -> io::Result<Self> {
        let mut content = vec![0; size];
        ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut content);
        Self::of_files(created_by, &[(path, &content)])
    }
}

fn compress(tar: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::fast());
    encoder.write_all(tar)?;
    encoder.finish()
}
