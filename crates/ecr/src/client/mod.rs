//! The only module that calls ECR.
//!
//! Every call requires one of two rights. A [`Grant`](access::Grant) is for a viewer, and the gate
//! has decided about it. A [`HostCall`](crate::HostCall) is for the crawler, and its result can
//! only enter the inventory.

mod budget;
mod ceiling;
mod content;
mod findings;
mod images;
mod lifecycle;
mod problem;
mod pull_times;
mod repositories;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use aws_config::{
    BehaviorVersion, Region, retry::RetryConfig, sts::AssumeRoleProvider, timeout::TimeoutConfig,
};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ecr::{Client, config::retry::RetryPartition};
use budget::Budgets;
pub(crate) use ceiling::Ceiling;
use model::{AccountId, Principal, RegistryAlias, RepositoryName, registry::FailedCall};
use thiserror::Error;

/// A registry from the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrySettings {
    /// The name of the registry in URLs.
    pub alias: RegistryAlias,
    /// The AWS region.
    pub region: String,
    /// The account ID. None for the account of the host or of the assumed role.
    pub registry_id: Option<String>,
    /// The ARN of a role to assume for the registry.
    pub role_arn: Option<String>,
    /// The endpoint of ECR and STS, if it is not the default AWS endpoint.
    pub endpoint_url: Option<String>,
}

/// Why no client for a registry can be created.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// The HTTP client that reads image configs could not be created.
    #[error("cannot make an HTTPS client: {0}")]
    Client(#[from] reqwest::Error),
}

/// The priority of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// A person waits for the result.
    Interactive,
    /// No person waits for the result. Interactive calls come first.
    Background,
}

/// The client of one registry.
#[derive(Debug, Clone)]
pub struct EcrClient {
    settings: Arc<RegistrySettings>,
    interactive: Client,
    background: Client,
    identity: aws_sdk_sts::Client,
    downloads: reqwest::Client,
    budgets: Arc<Budgets>,
    failures: Arc<Mutex<Failures>>,
}

/// The last failed call of each operation that concerns a registry as a whole.
type Failures = BTreeMap<&'static str, FailedCall>;

impl EcrClient {
    /// Creates a client. It uses the given credentials, or else the host's credentials chain, and
    /// the configured role, if there is one. It sends no request yet, so missing or wrong
    /// credentials show only at the first call.
    ///
    /// # Errors
    /// If no HTTPS client can be created.
    pub async fn connect(
        settings: RegistrySettings,
        credentials: Option<SharedCredentialsProvider>,
    ) -> Result<Self, ConnectError> {
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()));
        if let Some(url) = &settings.endpoint_url {
            loader = loader.endpoint_url(url);
        }
        if let Some(credentials) = credentials {
            loader = loader.credentials_provider(credentials);
        }
        let host = loader.load().await;
        let mut config = aws_sdk_ecr::config::Builder::from(&host).interceptor(Ceiling);
        let mut identity = aws_sdk_sts::config::Builder::from(&host);
        if let Some(role) = &settings.role_arn {
            let role = AssumeRoleProvider::builder(role)
                .session_name("gantry")
                .configure(&host)
                .build()
                .await;
            let role = SharedCredentialsProvider::new(role);
            config = config.credentials_provider(role.clone());
            identity = identity.credentials_provider(role);
        }
        // A person waits for at most eight seconds. The page says if that was not enough.
        let interactive = config
            .clone()
            .retry_config(
                RetryConfig::standard()
                    .with_max_attempts(3)
                    .with_max_backoff(Duration::from_secs(1)),
            )
            .timeout_config(timeouts(2, 4, 8))
            .build();
        // A separate retry partition: throttled background work must not use up the retries of
        // pages.
        let background = config
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .retry_partition(RetryPartition::new(format!(
                "gantry-background-{}",
                settings.alias
            )))
            .timeout_config(timeouts(2, 10, 60))
            .build();
        let downloads = reqwest::Client::builder()
            // A download URL points directly to the bytes, so redirects are not followed.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(2))
            .timeout(Duration::from_secs(8))
            .build()?;
        Ok(Self {
            budgets: Arc::new(Budgets::new(settings.alias.clone())),
            settings: Arc::new(settings),
            interactive: Client::from_conf(interactive),
            background: Client::from_conf(background),
            identity: aws_sdk_sts::Client::from_conf(
                identity.timeout_config(timeouts(2, 4, 8)).build(),
            ),
            downloads,
            failures: Arc::default(),
        })
    }

    /// The settings of the registry.
    pub fn settings(&self) -> &RegistrySettings {
        &self.settings
    }

    /// The account, if the configuration contains it.
    pub fn configured_account(&self) -> Option<AccountId> {
        let RegistrySettings {
            registry_id,
            role_arn,
            ..
        } = &*self.settings;
        let by_role = || {
            Some(
                role_arn
                    .as_ref()?
                    .parse::<Principal>()
                    .ok()?
                    .account()
                    .clone(),
            )
        };
        registry_id
            .as_deref()
            .map_or_else(by_role, AccountId::parse)
    }

    /// The last failure of the first of these operations that has failed.
    pub fn last_failure(&self, operations: &[&str]) -> Option<FailedCall> {
        let failures = self.failures();
        operations.iter().find_map(|it| failures.get(it).cloned())
    }

    fn failures(&self) -> MutexGuard<'_, Failures> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self, priority: Priority) -> &Client {
        match priority {
            Priority::Interactive => &self.interactive,
            Priority::Background => &self.background,
        }
    }

    fn registry_id(&self) -> Option<String> {
        self.settings.registry_id.clone()
    }

    /// Makes one call within the budget of its operation.
    async fn call<T, E: problem::Classify>(
        &self,
        priority: Priority,
        operation: &'static str,
        sending: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.budgets.turn(operation, priority).await;
        // An SDK call is a large future, and pages wait for several at once, so it goes on the
        // heap.
        let answer = Box::pin(sending).await;
        let problem = answer.as_ref().err().map(problem::Classify::problem);
        self.budgets.answered(operation, priority, problem);
        answer
    }

    /// Asks a paginator for its next page within the budget of its operation. None after the last
    /// page.
    async fn page<T, E: problem::Classify>(
        &self,
        priority: Priority,
        operation: &'static str,
        next: impl Future<Output = Option<Result<T, E>>>,
    ) -> Option<Result<T, E>> {
        let page = async { next.await.transpose() };
        self.call(priority, operation, page).await.transpose()
    }

    /// Logs a failed call.
    fn failed<E>(
        &self,
        operation: &'static str,
        repository: Option<&RepositoryName>,
        error: &E,
    ) -> model::Problem
    where
        E: problem::Classify + std::fmt::Debug,
    {
        let (problem, failed) = problem::report(&self.settings.alias, operation, repository, error);
        if repository.is_none() {
            self.failures().insert(operation, failed);
        }
        problem
    }
}

fn timeouts(connect: u64, attempt: u64, operation: u64) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(connect))
        .operation_attempt_timeout(Duration::from_secs(attempt))
        .operation_timeout(Duration::from_secs(operation))
        .build()
}
