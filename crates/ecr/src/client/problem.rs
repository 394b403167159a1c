//! Converts SDK errors to problems that a person can act on.

use std::error::Error;

use aws_sdk_ecr::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use model::{Problem, RegistryAlias, RepositoryName, registry::FailedCall};

use super::ceiling;

/// An error of a call, with its details.
pub(super) trait Classify {
    /// The problem, for people.
    fn problem(&self) -> Problem;
    /// The error code from AWS, if there was an answer.
    fn code(&self) -> Option<&str>;
    /// The AWS request ID, if there was an answer.
    fn request_id(&self) -> Option<&str>;
    /// The failed assumption of a role, if that is why the call was not made.
    fn assumption(&self) -> Option<&dyn Classify> {
        None
    }
}

impl<E: ProvideErrorMetadata + Error + 'static> Classify for SdkError<E, HttpResponse> {
    fn problem(&self) -> Problem {
        match self {
            _ if ceiling::is_exceeded(self) => Problem::Malformed,
            Self::ServiceError(error) => by_code(error.err().code(), error.raw().status().as_u16()),
            Self::ResponseError(error) if error.raw().status().is_server_error() => {
                Problem::Failing
            }
            Self::ResponseError(_) => Problem::Unexpected,
            Self::TimeoutError(_) => Problem::Unreachable,
            Self::DispatchFailure(failure) if failure.is_timeout() || failure.is_io() => {
                Problem::Unreachable
            }
            // All other failures before a request is sent come from the credentials chain.
            Self::DispatchFailure(_) | Self::ConstructionFailure(_) => Problem::Credentials,
            _ => Problem::Unexpected,
        }
    }

    fn code(&self) -> Option<&str> {
        match self {
            Self::ServiceError(error) => error.err().code(),
            _ => None,
        }
    }

    fn request_id(&self) -> Option<&str> {
        self.raw_response()?.headers().get("x-amzn-requestid")
    }

    fn assumption(&self) -> Option<&dyn Classify> {
        let mut cause: &(dyn Error + 'static) = self;
        loop {
            cause = cause.source()?;
            if let Some(failed) = cause.downcast_ref::<SdkError<AssumeRoleError, HttpResponse>>() {
                return Some(failed);
            }
        }
    }
}

/// Maps the codes of the ECR API reference ("Common errors" and the errors of each operation).
fn by_code(code: Option<&str>, status: u16) -> Problem {
    match code.unwrap_or_default() {
        "ThrottlingException"
        | "Throttling"
        | "TooManyRequestsException"
        | "RequestLimitExceeded"
        | "LimitExceededException" => Problem::Throttled,
        "AccessDeniedException" | "AccessDenied" => Problem::HostDenied,
        "ExpiredTokenException"
        | "ExpiredToken"
        | "UnrecognizedClientException"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "IncompleteSignature"
        | "MissingAuthenticationTokenException"
        | "MissingAuthenticationToken"
        | "OptInRequired" => Problem::Credentials,
        "RepositoryNotFoundException"
        | "ImageNotFoundException"
        | "LayersNotFoundException"
        | "LayerInaccessibleException" => Problem::Gone,
        _ if status >= 500 => Problem::Failing,
        _ => Problem::Unexpected,
    }
}

/// Logs a failed call by its operation and returns what it means. The log contains the AWS code and
/// request ID, but never the request, which can contain a token. Also returns which call failed: if
/// a role could not be assumed, that call.
pub(super) fn report(
    registry: &RegistryAlias,
    operation: &'static str,
    repository: Option<&RepositoryName>,
    error: &impl Classify,
) -> (Problem, FailedCall) {
    let problem = error.problem();
    let (operation, answer): (_, &dyn Classify) = match error.assumption() {
        Some(assumption) => ("AssumeRole", assumption),
        None => (operation, error),
    };
    tracing::warn!(
        registry.alias = %registry,
        repository.name = repository.map(RepositoryName::as_str),
        aws.operation = operation,
        aws.error_code = answer.code(),
        aws.request_id = answer.request_id(),
        problem = problem.as_str(),
        "A call to AWS failed"
    );
    let failed = FailedCall {
        operation: operation.to_owned(),
        code: answer.code().map(str::to_owned),
        request_id: answer.request_id().map(str::to_owned),
    };
    (problem, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_codes_map_to_problems_that_a_person_can_act_on() {
        assert_eq!(
            by_code(Some("ThrottlingException"), 400),
            Problem::Throttled
        );
        assert_eq!(
            by_code(Some("ExpiredTokenException"), 400),
            Problem::Credentials
        );
        assert_eq!(
            by_code(Some("AccessDeniedException"), 400),
            Problem::HostDenied
        );
        assert_eq!(by_code(Some("ServerException"), 500), Problem::Failing);
        assert_eq!(by_code(None, 503), Problem::Failing);
        assert_eq!(by_code(Some("SomethingNew"), 400), Problem::Unexpected);
    }
}
