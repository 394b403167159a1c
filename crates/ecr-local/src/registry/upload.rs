use std::collections::HashMap;
use std::time::Duration;

use bytes::{Bytes, BytesMut};

use super::{Content, Digest, EcrError, ErrorKind, Registry, Timestamp};

/// The part size that InitiateLayerUpload recommends and UploadLayerPart limits, in bytes.
pub(crate) const MAX_PART: u64 = 20 * 1024 * 1024;
/// The minimum size of every part except the last, in bytes. ECR checks it when the upload is completed:
/// LayerPartTooSmallException is an error of CompleteLayerUpload and not of UploadLayerPart.
const MIN_PART: u64 = 5 * 1024 * 1024;
/// The largest layer, in bytes. ECR's own quota is 52,000 MiB, which is too much for memory here.
const MAX_LAYER: u64 = 2 * 1024 * 1024 * 1024;

/// How long an upload is kept.
const MAX_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// The uploads to one repository, by their IDs.
#[derive(Debug, Default)]
pub(crate) struct Uploads(HashMap<String, Upload>);

impl Uploads {
    /// Starts an upload and returns its ID, a UUID. Removes uploads that were started more than a day ago.
    pub(crate) fn start(&mut self) -> String {
        let now = Timestamp::now();
        self.0.retain(|_, upload| !upload.is_abandoned(now));
        let id = uuid();
        self.0.insert(id.clone(), Upload::new(now));
        id
    }

    /// An upload.
    ///
    /// # Errors
    /// `UploadNotFoundException`.
    pub(crate) fn find(&mut self, id: &str) -> Result<&mut Upload, EcrError> {
        self.0.get_mut(id).ok_or_else(|| not_found(id))
    }

    /// Ends an upload.
    ///
    /// # Errors
    /// `UploadNotFoundException`.
    pub(crate) fn remove(&mut self, id: &str) -> Result<Upload, EcrError> {
        self.0.remove(id).ok_or_else(|| not_found(id))
    }
}

fn not_found(id: &str) -> EcrError {
    EcrError::new(
        ErrorKind::UploadNotFound,
        format!("The upload with id '{id}' does not exist in this repository"),
    )
}

/// A random UUID, version 4.
pub(crate) fn uuid() -> String {
    let mut bits: u128 = rand::random();
    bits = bits & !(0xf << 76) | 0x4 << 76;
    bits = bits & !(0x3 << 62) | 0x2 << 62;
    let digits = format!("{bits:032x}");
    [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ]
    .join("-")
}

impl Registry {
    /// Ends an upload and stores the blob if it hashes to `digest`. A blob that already exists is not an error here;
    /// CompleteLayerUpload checks that before.
    ///
    /// # Errors
    /// `UploadNotFoundException`, `LayerPartTooSmallException`, `InvalidLayerException`. The upload ends in any case.
    pub(crate) fn complete_upload(
        &self,
        repository: &str,
        id: &str,
        digest: &Digest,
    ) -> Result<(), EcrError> {
        let upload = self.change(repository, |repository| repository.uploads.remove(id))?;
        // Hashing takes a while, so nothing is locked.
        let bytes = upload.complete(digest)?;
        self.change_images(repository, |images| {
            images.insert_known_blob(*digest, Content::Bytes(bytes));
            Ok(())
        })
    }
}

/// A blob being uploaded: the bytes received so far.
#[derive(Debug)]
pub(crate) struct Upload {
    bytes: BytesMut,
    last_part: Option<u64>,
    has_small_part: bool,
    begun_at: Timestamp,
}

impl Upload {
    fn new(begun_at: Timestamp) -> Self {
        Self {
            bytes: BytesMut::new(),
            last_part: None,
            has_small_part: false,
            begun_at,
        }
    }

    /// Whether it was started so long ago that it is considered abandoned.
    fn is_abandoned(&self, now: Timestamp) -> bool {
        self.begun_at < now.before(MAX_AGE)
    }

    /// How many bytes have arrived.
    pub(crate) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Appends bytes in pieces of any size, as the `/v2/` API allows.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<u64, EcrError> {
        if self.size() + bytes.len() as u64 > MAX_LAYER {
            return Err(EcrError::new(
                ErrorKind::LimitExceeded,
                "The layer is larger than 2 GiB",
            ));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(self.size())
    }

    /// Appends a part by UploadLayerPart's rules: it must start where the last one ended.
    pub(crate) fn append_part(
        &mut self,
        first: u64,
        last: u64,
        bytes: &[u8],
    ) -> Result<u64, EcrError> {
        let length = bytes.len() as u64;
        let refuse = |why: &str| {
            let last_valid = i64::try_from(self.size()).unwrap_or(i64::MAX) - 1;
            Err(EcrError::new(ErrorKind::InvalidLayerPart, why)
                .with("lastValidByteReceived", last_valid))
        };
        if length > MAX_PART {
            return Err(EcrError::invalid(
                "layerPartBlob",
                "Member must have length less than or equal to 20971520",
            ));
        }
        if first != self.size() {
            return refuse("The part's first byte does not follow the last byte received");
        }
        if length == 0 || last.checked_sub(first).map(|span| span + 1) != Some(length) {
            return refuse("The part's byte range does not span the bytes sent");
        }
        self.has_small_part |= self.last_part.is_some_and(|size| size < MIN_PART);
        self.last_part = Some(length);
        self.append(bytes)
    }

    /// The whole blob, if its parts are large enough and it hashes to the client's digest.
    fn complete(self, digest: &Digest) -> Result<Bytes, EcrError> {
        if self.has_small_part {
            return Err(EcrError::new(
                ErrorKind::LayerPartTooSmall,
                "Layer parts must be at least 5 MiB in size, except for the last one",
            ));
        }
        let bytes = self.bytes.freeze();
        let received = Digest::of(&bytes);
        if received == *digest {
            Ok(bytes)
        } else {
            Err(EcrError::new(
                ErrorKind::InvalidLayer,
                format!("The layer received has digest '{received}', not '{digest}'"),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_is_abandoned_after_a_day() {
        let now = Timestamp::now();
        let upload = Upload::new(now);
        assert!(!upload.is_abandoned(now.after(MAX_AGE)));
        assert!(upload.is_abandoned(now.after(MAX_AGE + Duration::from_secs(1))));
    }
}
