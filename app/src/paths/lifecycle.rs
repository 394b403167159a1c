//! The URLs of previews of lifecycle policies.

use model::lifecycle::PreviewRequest;

use super::value_of;

/// A POST starts a preview of a lifecycle policy (`registry`, `name`).
pub const START_PREVIEW: &str = "/lifecycle/preview";

/// The notice of how a request for a preview ended.
pub fn preview_requested(outcome: PreviewRequest) -> String {
    format!("preview={}", outcome.as_str())
}

/// The result of a request for a preview, from a notice.
pub fn read_preview_requested(notice: &str) -> Option<PreviewRequest> {
    PreviewRequest::parse(&value_of(notice, "preview")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_how_the_request_for_a_preview_ended() {
        for outcome in PreviewRequest::ALL {
            let notice = preview_requested(*outcome);
            assert_eq!(read_preview_requested(&notice), Some(*outcome));
        }
        assert_eq!(read_preview_requested("preview=<b>"), None);
    }
}
