//! Connections, and the signals that a service heeds.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use tokio::time::{interval, sleep, timeout};

use super::Shared;

/// How long answers that are being made may take once the service is told to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// How long it waits to take the next connection where the system has none to give.
const BREATH: Duration = Duration::from_millis(50);

/// Takes connections until told to stop, and then lets what is being answered end.
///
/// # Errors
/// Nothing can be listened to.
pub(super) fn listen(shared: &Arc<Shared>, router: Router) -> Result<(), String> {
    start_log(shared.service.is_logged_as_json);
    let runtime = Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the service can't start: {error}"))?;
    runtime.block_on(async {
        let listen = shared.service.listen;
        let listener = TcpListener::bind(listen).await;
        let listener =
            listener.map_err(|error| format!("{listen} can't be listened to: {error}"))?;
        let address = listener.local_addr().unwrap_or(listen);
        tracing::info!(%address, rules = %shared.served.loaded().digest, "listening");
        tokio::spawn(heed_reloads(Arc::clone(shared)));
        tokio::spawn(watch(Arc::clone(shared)));
        take(shared, listener, router).await;
        tracing::info!("stopped");
        Ok(())
    })
}

fn start_log(is_json: bool) {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    // A program that serves among other things may have a log of its own.
    let _ = if is_json { log.json().try_init() } else { log.with_ansi(false).try_init() };
}

async fn take(shared: &Arc<Shared>, listener: TcpListener, router: Router) {
    let limits = shared.service.limits;
    let connections = Arc::new(Semaphore::new(limits.n_connections));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(told_to_stop());
    loop {
        let Ok(place) = Arc::clone(&connections).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // Too many open files, say: the next one may be taken.
            sleep(BREATH).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let mut server = http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(limits.idle);
        let service = TowerToHyperService::new(router.clone());
        let connection = server.serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A caller who breaks off has nobody to be told.
            let _ = connection.await;
            drop(place);
        });
    }
    tracing::info!("stopping: answers that are being made are let end");
    let _ = timeout(DRAIN, graceful.shutdown()).await;
}

#[cfg(unix)]
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    let _ = tokio::signal::ctrl_c().await;
}

/// Reads the rules again on SIGHUP.
#[cfg(unix)]
async fn heed_reloads(shared: Arc<Shared>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        reload(&shared).await;
    }
}

#[cfg(not(unix))]
async fn heed_reloads(_: Arc<Shared>) {}

/// Reads the rules again when they change on disk.
async fn watch(shared: Arc<Shared>) {
    let Some(every) = shared.service.watch else { return };
    let mut ticks = interval(every);
    loop {
        ticks.tick().await;
        let looked = Arc::clone(&shared);
        let changed = tokio::task::spawn_blocking(move || looked.served.has_changed()).await;
        if changed.unwrap_or(false) {
            reload(&shared).await;
        }
    }
}

async fn reload(shared: &Arc<Shared>) {
    let reloading = Arc::clone(shared);
    let ended = tokio::task::spawn_blocking(move || reloading.served.reload()).await;
    let ended = ended.unwrap_or_else(|_| Err("they could not be read".to_owned()));
    shared.counts.reloaded(ended.is_ok());
    match ended {
        Ok(rules) => tracing::info!(%rules, "other rules are served"),
        Err(why) => tracing::error!(%why, "the rules are refused, and the old ones stay"),
    }
}
