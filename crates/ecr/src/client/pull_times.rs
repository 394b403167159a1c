//! Whether reading manifests changes pull times.

use aws_sdk_ecr::error::ProvideErrorMetadata;
use model::Problem;

use super::{EcrClient, Priority};
use crate::host::{Crawled, HostCall};

impl EcrClient {
    /// Whether the host can read manifests without changing `lastRecordedPullTime`. This requires
    /// its role in the registry's pull time update exclusions. Otherwise BatchGetImage counts as a
    /// pull, and the crawler would make every index look used.
    pub async fn leaves_pull_times(&self, _: &HostCall) -> Crawled<bool> {
        let excluded = self.pull_time_exclusions().await;
        let Ok(excluded) = excluded else {
            return Crawled::new(false);
        };
        // Without exclusions there is no need to look up the host's identity.
        if excluded.is_empty() {
            return Crawled::new(false);
        }
        let caller = self.identity.get_caller_identity().send().await;
        let caller = caller.inspect_err(|error| {
            let registry = &self.settings.alias;
            tracing::warn!(
                registry.alias = %registry,
                aws.operation = "GetCallerIdentity",
                aws.error_code = error.code(),
                "A call to AWS failed"
            );
        });
        let caller = caller.ok().and_then(|identity| identity.arn);
        Crawled::new(
            caller.is_some_and(|caller| excluded.iter().any(|principal| is_of(principal, &caller))),
        )
    }

    /// The SDK has no paginator for this operation.
    async fn pull_time_exclusions(&self) -> Result<Vec<String>, Problem> {
        const OPERATION: &str = "ListPullTimeUpdateExclusions";
        let (mut found, mut token) = (Vec::new(), None);
        loop {
            let request = self
                .background
                .list_pull_time_update_exclusions()
                .set_next_token(token);
            let output = self
                .call(Priority::Background, OPERATION, request.send())
                .await;
            let output = output.map_err(|error| self.failed(OPERATION, None, &error))?;
            found.extend(output.pull_time_update_exclusions.unwrap_or_default());
            token = output.next_token;
            if token.is_none() {
                return Ok(found);
            }
        }
    }
}

/// Whether a caller is the principal itself, or a session of that role. The ARN of a session
/// contains the role's name without its path.
fn is_of(principal: &str, caller: &str) -> bool {
    let parts = |arn: &str| {
        let mut parts = arn.splitn(6, ':').skip(4);
        Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
    };
    let session_of_role = || {
        let (role_account, role) = parts(principal)?;
        let (caller_account, session) = parts(caller)?;
        let role = role.strip_prefix("role/")?.rsplit('/').next()?.to_owned();
        let session = session
            .strip_prefix("assumed-role/")?
            .split('/')
            .next()?
            .to_owned();
        Some(role_account == caller_account && role == session)
    };
    principal == caller || session_of_role().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn a_session_matches_its_role() {
        let session = "arn:aws:sts::111122223333:assumed-role/gantry/i-0123";
        assert!(is_of(
            "arn:aws:iam::111122223333:role/platform/gantry",
            session
        ));
        assert!(is_of(session, session));
        for other in [
            "arn:aws:iam::444455556666:role/gantry",
            "arn:aws:iam::111122223333:role/gantry2",
            "arn:aws:iam::111122223333:user/gantry",
            "gantry",
        ] {
            assert!(!is_of(other, session), "{other}");
        }
    }
}
