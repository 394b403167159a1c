//! Serving, from the first request to the last.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{Router, extract::FromRef, serve::ListenerExt};
use leptos::config::LeptosOptions;
use registry::Gantry;
use tokio::{net::TcpListener, signal};

use crate::{config::Directory, routes::sign_in::Persona};

/// How long requests that are under way may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// What handlers share.
#[derive(Debug, Clone, FromRef)]
pub struct Shared {
    /// Where the browser's half is.
    pub leptos: LeptosOptions,
    /// Gantry, wired.
    pub gantry: Arc<Gantry>,
    /// Who is in which team.
    pub directory: Arc<Directory>,
    /// The people to choose from; empty unless the sign-in offers personas.
    pub personas: Arc<[Persona]>,
    /// Whether cookies are for HTTPS alone.
    pub https: Https,
    /// What URLs that people pass on begin with.
    pub public_url: PublicUrl,
}

/// The origin that people open, where it is configured.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicUrl(pub Option<Arc<str>>);

/// Whether people reach the server by HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Https(pub bool);

/// Where the browser's half is: where the configuration says, beside the program as a release is laid
/// out, or where the build puts it. Its files have hashes in their names where the build has left the
/// list of them.
pub fn leptos_options(site: Option<PathBuf>) -> LeptosOptions {
    let program = std::env::current_exe().ok();
    let folder = program.as_deref().and_then(Path::parent);
    let beside = || {
        folder
            .map(|folder| folder.join("site"))
            .filter(|site| site.is_dir())
    };
    let site = site.or_else(beside).unwrap_or_else(|| "target/site".into());
    let hashed = folder.is_some_and(|folder| folder.join("hash.txt").is_file());
    LeptosOptions::builder()
        .output_name("gantry")
        .site_root(site.display().to_string())
        .site_pkg_dir("pkg")
        .hash_files(hashed)
        .build()
}

/// Serves until told to stop, then finishes what is under way.
///
/// # Errors
/// When the listening socket fails.
pub async fn serve(listener: TcpListener, router: Router) -> anyhow::Result<()> {
    // A streamed page is several writes: with Nagle's algorithm the second waits for an acknowledgement.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let (stopping, stop) = tokio::sync::oneshot::channel();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async {
        stopped().await;
        tracing::info!("stopping");
        let _ = stopping.send(());
    });
    let too_long = async {
        let _ = stop.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => served?,
        () = too_long => tracing::warn!("some requests were cut off"),
    }
    Ok(())
}

/// Waits for the signal to stop: Ctrl-C, or the one that a supervisor sends.
pub async fn stopped() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
