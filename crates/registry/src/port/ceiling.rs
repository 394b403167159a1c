//! A ceiling on what one answer weighs: the SDK reads each answer whole, and those that repeat what was
//! pushed are as large as whoever pushed it likes.

use std::error::Error;

use aws_sdk_ecr::config::{
    ConfigBag, Intercept, RuntimeComponents,
    interceptors::BeforeDeserializationInterceptorContextRef,
};
use thiserror::Error;

use crate::content::MAX_BYTES;

/// The most bytes of an answer. One manifest, or the annotations of one referrer, always fit, also
/// where JSON writes each byte as two.
const MAX_ANSWER: u64 = 4 * MAX_BYTES as u64;

/// Refuses an answer by its `Content-Length`, before its body is read. One without it is read whole.
#[derive(Debug)]
pub(super) struct Ceiling;

#[derive(Debug, Error)]
#[error("the answer has {0} bytes, and at most {MAX_ANSWER} are read")]
struct TooLarge(u64);

impl Intercept for Ceiling {
    fn name(&self) -> &'static str {
        "Ceiling"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let length = context.response().headers().get("content-length");
        match length.and_then(|length| length.parse().ok()) {
            Some(length) if length > MAX_ANSWER => Err(TooLarge(length).into()),
            _ => Ok(()),
        }
    }
}

/// Whether an answer was refused because it is too large.
pub(super) fn is_exceeded(error: &(dyn Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(it) = error {
        if it.is::<TooLarge>() {
            return true;
        }
        error = it.source();
    }
    false
}
