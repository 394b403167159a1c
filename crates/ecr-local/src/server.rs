use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::serve::ListenerExt;
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::faults::Faults;
use crate::registry::{Home, QUEUE, Registry};
use crate::seed::{self, SeedError};
use crate::{Options, api, oci};

/// Why an endpoint could not start or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address cannot be listened on: choose another, or stop the process that uses it.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The requested address.
        address: SocketAddr,
        /// The system's error.
        source: io::Error,
    },
    /// The seed could not be created: an internal error of ecr-local.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The listening socket failed.
    #[error("the endpoint stopped: {0}")]
    Serve(#[from] io::Error),
}

/// The address of an endpoint, and its registry.
#[derive(Clone, Debug)]
pub struct Endpoint {
    address: SocketAddr,
    registry: Arc<Registry>,
    faults: Arc<Faults>,
}

impl Endpoint {
    /// The address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL for a client's endpoint setting.
    #[must_use]
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The URL of the queue of the registry's events, at this endpoint.
    #[must_use]
    pub fn queue_url(&self) -> String {
        format!(
            "http://{}/{}/{QUEUE}",
            self.address,
            self.registry.home().account
        )
    }

    /// The registry behind the endpoint.
    #[must_use]
    pub const fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The faults of the endpoint. They can change while it serves.
    #[must_use]
    pub const fn faults(&self) -> &Arc<Faults> {
        &self.faults
    }
}

/// An endpoint that listens and is ready to serve.
#[derive(Debug)]
pub struct EcrLocal {
    listener: TcpListener,
    endpoint: Endpoint,
}

impl Deref for EcrLocal {
    type Target = Endpoint;

    fn deref(&self) -> &Endpoint {
        &self.endpoint
    }
}

impl EcrLocal {
    /// Listens on `address` (port 0 takes a free port) and creates the seed's content.
    ///
    /// # Errors
    /// [`Error::Listen`] and [`Error::Seed`].
    pub async fn bind(address: SocketAddr, options: Options) -> Result<Self, Error> {
        let refused = |source| Error::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let registry = Registry::new(Home {
            account: options.account.clone(),
            region: options.region.clone(),
            host: options
                .public_host
                .clone()
                .unwrap_or_else(|| address.to_string()),
        });
        seed::seed(&registry, &options, OffsetDateTime::now_utc())?;
        Ok(Self {
            listener,
            endpoint: Endpoint {
                address,
                registry: Arc::new(registry),
                faults: Arc::new(Faults::new(&options)),
            },
        })
    }

    /// Serves until `shutdown` completes and all running requests are answered.
    ///
    /// # Errors
    /// [`Error::Serve`].
    pub async fn serve(
        self,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Error> {
        let Endpoint {
            registry, faults, ..
        } = self.endpoint;
        let queue = Arc::clone(&registry);
        let shutdown = async move {
            shutdown.await;
            // A receiver can wait for a message for twenty seconds.
            queue.events().close();
        };
        let application = Router::new()
            .merge(api::router(Arc::clone(&registry), faults))
            .merge(oci::router(registry));
        // Without this, an answer in two writes waits 40 ms for the client's delayed acknowledgement.
        let listener = self.listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "The local registry cannot set TCP_NODELAY on a connection");
            }
        });
        axum::serve(listener, application)
            .with_graceful_shutdown(shutdown)
            .await?;
        Ok(())
    }

    /// Serves in the background on a free loopback port, until the result is dropped or stopped.
    ///
    /// # Errors
    /// Those of [`EcrLocal::bind`].
    pub async fn spawn(options: Options) -> Result<Running, Error> {
        let bound = Self::bind((Ipv4Addr::LOCALHOST, 0).into(), options).await?;
        let endpoint = bound.endpoint.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(bound.serve(async move {
            // Nothing is ever sent. This completes when the other end is dropped, on purpose or with its owner.
            drop(stopped.await);
        }));
        Ok(Running {
            endpoint,
            stop,
            serving,
        })
    }
}

/// An endpoint that serves in the background. Dropping it stops it: the address refuses connections and idle
/// connections are closed, but running requests are still answered.
#[derive(Debug)]
pub struct Running {
    endpoint: Endpoint,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), Error>>,
}

impl Deref for Running {
    type Target = Endpoint;

    fn deref(&self) -> &Endpoint {
        &self.endpoint
    }
}

impl Running {
    /// Stops the endpoint and waits until it has stopped. From then on connections are refused.
    ///
    /// # Errors
    /// [`Error::Serve`], if it had failed before.
    pub async fn stop(self) -> Result<(), Error> {
        drop(self.stop);
        self.serving
            .await
            .unwrap_or_else(|error| Err(io::Error::other(error).into()))
    }
}
