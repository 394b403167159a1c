//! Layers: tar archives, compressed with gzip.

use std::io::{self, Write as _};

use flate2::{Compression, GzBuilder};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::Blob;
use crate::registry::Digest;

/// After how many bytes the filling of a layer repeats. This is farther than gzip looks back for equal bytes (32
/// KiB), so that the filling does not compress.
const BLOCK: usize = 64 * 1024;

/// One layer of an image, and its entry in the history.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The compressed bytes, as stored by a registry.
    pub blob: Blob,
    /// The digest of the uncompressed tar, for `rootfs.diff_ids`.
    pub diff_id: Digest,
    /// The build step, as in the image's history.
    pub created_by: String,
}

impl Layer {
    /// A layer that contains only the given files (path and content).
    ///
    /// # Errors
    /// If a path does not fit into a tar header.
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

    /// A layer with one file of `size` bytes that do not compress, like most programs and archives: the stored size
    /// is then about `size`.
    ///
    /// # Errors
    /// If the path does not fit into a tar header.
    pub fn of_size(created_by: &str, path: &str, size: usize, seed: u64) -> io::Result<Self> {
        let mut block = vec![0; size.min(BLOCK)];
        ChaCha8Rng::seed_from_u64(seed).fill_bytes(&mut block);
        let content: Vec<u8> = block.repeat(size.div_ceil(BLOCK));
        let content = content.get(..size).unwrap_or(&content);
        Self::of_files(created_by, &[(path, content)])
    }
}

fn compress(tar: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::fast());
    encoder.write_all(tar)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn a_layer_unpacks_to_the_tar_that_its_diff_id_names() {
        let layer =
            Layer::of_files("COPY", &[("etc/motd", b"hello"), ("usr/bin/run", b"#!")]).unwrap();
        let mut tar = Vec::new();
        GzDecoder::new(&layer.blob.bytes[..])
            .read_to_end(&mut tar)
            .unwrap();
        assert_eq!(Digest::of(&tar), layer.diff_id);
        let mut archive = tar::Archive::new(&tar[..]);
        let files: Vec<(String, u32)> = archive
            .entries()
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                (
                    entry.path().unwrap().display().to_string(),
                    entry.header().mode().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            files,
            [
                ("etc/motd".to_owned(), 0o644),
                ("usr/bin/run".to_owned(), 0o755)
            ]
        );
    }

    #[test]
    fn a_layer_of_a_given_size_is_stored_in_about_that_size() {
        for size in [1_000, BLOCK, 5 * BLOCK + 1] {
            let stored = Layer::of_size("ADD", "file", size, 1)
                .unwrap()
                .blob
                .bytes
                .len();
            assert!(
                (size..size + size / 50 + 2_000).contains(&stored),
                "{size} {stored}"
            );
        }
    }
}
