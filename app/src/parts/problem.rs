//! What a failing ECR means for people.

use model::Problem;

use crate::messages::errors::ErrorsTexts;

/// What happened, and what to do next.
pub fn explain(problem: Problem, errors: ErrorsTexts) -> (&'static str, &'static str) {
    match problem {
        Problem::Throttled => (errors.throttled(), errors.throttled_next()),
        Problem::HostDenied => (errors.host_denied(), errors.host_denied_next()),
        Problem::Credentials => (errors.credentials(), errors.credentials_next()),
        Problem::Unreachable => (errors.ecr_unreachable(), errors.ecr_unreachable_next()),
        Problem::Failing => (errors.failing(), errors.failing_next()),
        Problem::Gone => (errors.gone(), errors.gone_next()),
        Problem::Malformed => (errors.malformed(), errors.malformed_next()),
        Problem::Unexpected => (errors.unexpected(), errors.unexpected_next()),
    }
}
