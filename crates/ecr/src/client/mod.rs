//! The one place that talks to ECR.
//!
//! Every call is made either under a [`Grant`](access::Grant), for the viewer whom the gate has
//! let through, or as a [`HostCall`](crate::HostCall), for nobody, and then its result can only enter the inventory.

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
use ceiling::Ceiling;
use model::{AccountId, Principal, RegistryAlias, RepositoryName, registry::FailedCall};
use thiserror::Error;

/// A registry as configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrySettings {
    /// What URLs call it.
    pub alias: RegistryAlias,
    /// Its region.
    pub region: String,
    /// Its account. None for the host's own, or the assumed role's.
    pub registry_id: Option<String>,
    /// A role to assume for it.
    pub role_arn: Option<String>,
    /// Where ECR and STS answer, when not at AWS's own endpoints.
    pub endpoint_url: Option<String>,
}

/// Why a registry cannot be reached at all.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// The HTTP client that reads image configs could not be made.
    #[error("cannot make an HTTPS client: {0}")]
    Client(#[from] reqwest::Error),
}

/// How urgent a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for it.
    Interactive,
    /// Nobody does: it leaves room for those.
    Background,
}

/// The connection to one registry.
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
    /// Connects with the host's credentials chain, unless others are given, and with the configured
    /// role, if there is one. Nothing is sent yet:
    /// missing or wrong credentials show at the first call.
    ///
    /// # Errors
    /// When no HTTPS client can be made.
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
        // A person waits for at most eight seconds; a page tells them when that was not enough.
        let interactive = config
            .clone()
            .retry_config(
                RetryConfig::standard()
                    .with_max_attempts(3)
                    .with_max_backoff(Duration::from_secs(1)),
            )
            .timeout_config(timeouts(2, 4, 8))
            .build();
        // A partition of its own: throttled background work must not use up the retries of pages.
        let background = config
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .retry_partition(RetryPartition::new(format!(
                "gantry-background-{}",
                settings.alias
            )))
            .timeout_config(timeouts(2, 10, 60))
            .build();
        let downloads = reqwest::Client::builder()
            // A download URL leads to the bytes themselves; whatever leads on is not followed.
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

    /// The registry's settings.
    pub fn settings(&self) -> &RegistrySettings {
        &self.settings
    }

    /// The account, as far as the configuration tells it.
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

    /// How the last call of the first of these operations failed that has failed at all.
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

    /// Makes one call within its operation's budget.
    async fn call<T, E: problem::Classify>(
        &self,
        priority: Priority,
        operation: &'static str,
        sending: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.budgets.turn(operation, priority).await;
        // A call of the SDK's is a large future, and pages wait for several at once: off the stack with it.
        let answer = Box::pin(sending).await;
        let problem = answer.as_ref().err().map(problem::Classify::problem);
        self.budgets.answered(operation, priority, problem);
        answer
    }

    /// Asks a paginator for its next page within its operation's budget. None after the last.
    async fn page<T, E: problem::Classify>(
        &self,
        priority: Priority,
        operation: &'static str,
        next: impl Future<Output = Option<Result<T, E>>>,
    ) -> Option<Result<T, E>> {
        let page = async { next.await.transpose() };
        self.call(priority, operation, page).await.transpose()
    }

    /// What a log line says of a failed call.
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
