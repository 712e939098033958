//! Connections, and the signals that a service heeds.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::{Semaphore, watch};
use tokio::time::{interval, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::Shared;
use super::counts::Counts;
use super::front::Front;
use super::patient::Patient;
use super::secured::Secured;

/// How long answers that are being made may take once the service is told to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// How long it waits to take the next connection where the system has none to give.
const BREATH: Duration = Duration::from_millis(50);

/// The least time between two looks at whether the rules have changed: none would be no clock's.
const WATCH_LEAST: Duration = Duration::from_millis(100);

/// How often the runtime's clock is looked at, whatever happens.
const TICK: Duration = Duration::from_millis(500);

/// Takes connections until told to stop, and then lets what is being answered end.
///
/// # Errors
/// Nothing can be listened to.
pub(super) fn listen(front: &Front, secured: Option<Secured>) -> Result<(), String> {
    let shared = front.shared();
    start_log(shared.service.is_logged_as_json);
    let runtime = Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the service can't start: {error}"))?;
    runtime.block_on(async {
        let listen = shared.service.listen;
        let listener = TcpListener::bind(listen).await;
        let listener =
            listener.map_err(|error| format!("{listen} can't be listened to: {error}"))?;
        let address = listener.local_addr().unwrap_or(listen);
        let (rules, is_tls) = (&shared.served.loaded().digest, secured.is_some());
        tracing::info!(%address, %rules, tls = is_tls, "listening");
        let secured = secured.map(Arc::new);
        tokio::spawn(tick());
        tokio::spawn(heed_reloads(Arc::clone(shared), secured.clone()));
        tokio::spawn(watch_rules(Arc::clone(shared)));
        take(front, secured.as_deref(), listener).await;
        tracing::info!("stopped");
        Ok(())
    })
}

fn start_log(is_json: bool) {
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    // A program that serves among other things may have a log of its own.
    let _ = if is_json { log.json().try_init() } else { log.with_ansi(false).try_init() };
}

async fn take(front: &Front, secured: Option<&Secured>, listener: TcpListener) {
    let limits = front.shared().service.limits;
    let connections = Arc::new(Semaphore::new(limits.n_connections));
    let graceful = GracefulShutdown::new();
    let (stopping, stopped) = watch::channel(());
    let mut stop = pin!(told_to_stop());
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
        let (front, watcher, idle) = (front.clone(), graceful.watcher(), limits.idle);
        let stream = Patient::new(stream, idle);
        let Some(acceptor) = secured.map(Secured::acceptor) else {
            tokio::spawn(async move {
                converse(stream, &front, watcher, idle).await;
                drop(place);
            });
            continue;
        };
        let mut stopped = stopped.clone();
        tokio::spawn(async move {
            let agreed = tokio::select! {
                agreed = agree(&acceptor, stream, idle, &front.shared().counts) => agreed,
                // Who has not asked anything yet has nothing to wait for.
                _ = stopped.changed() => return,
            };
            if let Some(stream) = agreed {
                converse(stream, &front, watcher, idle).await;
            }
            drop(place);
        });
    }
    tracing::info!("stopping: answers that are being made are let end");
    // Whoever comes now is refused, and not left to wait for what will not be answered.
    drop(listener);
    drop(stopping);
    let _ = timeout(DRAIN, graceful.shutdown()).await;
}

/// Agrees on TLS with a caller, unless they don't, or take too long: that is counted before the
/// connection is closed, so that whoever sees it closed finds it counted.
async fn agree(
    acceptor: &TlsAcceptor,
    stream: Patient,
    time: Duration,
    counts: &Counts,
) -> Option<TlsStream<Patient>> {
    let mut agreeing = acceptor.accept(stream).into_fallible();
    // The connection is in the one or the other until both go.
    let agreed = timeout(time, &mut agreeing).await;
    if let Ok(Ok(stream)) = agreed {
        return Some(stream);
    }
    counts.not_secured();
    None
}

/// Answers what is asked on a connection until it ends, lies idle, or the service stops.
async fn converse<S: AsyncRead + AsyncWrite + Unpin + 'static>(
    stream: S,
    front: &Front,
    watcher: Watcher,
    idle: Duration,
) {
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(idle);
    let notes = front.notes();
    let service = service_fn(|request: Request<Incoming>| {
        let answer = front.answer(request.map(Body::new), &notes);
        async { Ok::<_, Infallible>(answer.await) }
    });
    let connection = watcher.watch(server.serve_connection(TokioIo::new(stream), service));
    let mut connection = pin!(connection);
    // What was answered is told once it is written. A caller who breaks off has nobody to be told.
    poll_fn(|context| {
        let polled = connection.as_mut().poll(context).map(|_| ());
        notes.tell();
        polled
    })
    .await;
}

/// Keeps the runtime waiting for a time that is near. Every request sets a time limit, and one that
/// would end before whatever the runtime waits for wakes a second thread, which costs more than the
/// answer does.
async fn tick() {
    let mut ticks = interval(TICK);
    loop {
        ticks.tick().await;
    }
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

/// Reads the certificate and the rules again on SIGHUP, each for itself.
#[cfg(unix)]
async fn heed_reloads(shared: Arc<Shared>, secured: Option<Arc<Secured>>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    while hangup.recv().await.is_some() {
        if let Some(secured) = &secured {
            renew(&shared, secured).await;
        }
        reload(&shared).await;
    }
}

#[cfg(not(unix))]
async fn heed_reloads(_: Arc<Shared>, _: Option<Arc<Secured>>) {}

/// Reads the rules again when they change on disk.
async fn watch_rules(shared: Arc<Shared>) {
    let Some(every) = shared.service.watch else { return };
    let mut ticks = interval(every.max(WATCH_LEAST));
    loop {
        ticks.tick().await;
        let looked = Arc::clone(&shared);
        let changed = tokio::task::spawn_blocking(move || looked.served.has_changed()).await;
        if changed.unwrap_or(false) {
            reload(&shared).await;
        }
    }
}

async fn renew(shared: &Shared, secured: &Arc<Secured>) {
    let renewing = Arc::clone(secured);
    let ended = tokio::task::spawn_blocking(move || renewing.renew()).await;
    let ended = ended.unwrap_or_else(|_| Err("it could not be read".to_owned()));
    shared.counts.reloaded("certificate", ended.is_ok());
    match ended {
        Ok(()) => tracing::info!("the certificate was read again"),
        Err(why) => tracing::error!(%why, "the certificate is refused, and the old one stays"),
    }
}

async fn reload(shared: &Arc<Shared>) {
    let reloading = Arc::clone(shared);
    let ended = tokio::task::spawn_blocking(move || reloading.served.reload()).await;
    let ended = ended.unwrap_or_else(|_| Err("they could not be read".to_owned()));
    shared.counts.reloaded("rules", ended.is_ok());
    match ended {
        Ok(rules) => tracing::info!(%rules, "other rules are served"),
        Err(why) => tracing::error!(%why, "the rules are refused, and the old ones stay"),
    }
}
