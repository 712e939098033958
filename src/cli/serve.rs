//! `clearway serve`

use std::time::Duration;

use super::args::Serve;
use super::console::Console;
use super::exit::Exit;
use crate::desk::{Certificate, Limits, Service, Token, Unserved, tokens};
use crate::diagnostic::Code;
use crate::source::Sources;

/// Answers commissions over HTTP until told to stop.
pub(super) fn serve(args: &Serve, console: &mut Console<'_>) -> Exit {
    let tokens = match known(args, console) {
        Ok(tokens) => tokens,
        Err(exit) => return exit,
    };
    if tokens.is_empty() && !args.open && !args.listen.ip().is_loopback() {
        console.complain(&format!(
            "error: {} can be reached from other machines, and nobody would be asked who they are\n\
             help: give `--token-file FILE`, or `--open` where anybody may call\n",
            args.listen
        ));
        return Exit::Misuse;
    }
    let seconds = Duration::from_secs;
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let certificate = args.certificate.clone().zip(args.key.clone());
    let certificate = certificate.map(|(chain, key)| Certificate { chain, key });
    let service = Service {
        listen: args.listen,
        rules: args.rules.clone(),
        tokens,
        certificate,
        limits: Limits {
            body_bytes: count(args.body_bytes_max),
            n_commissions: count(args.list_max),
            nesting: usize::from(args.nesting_max),
            time: seconds(args.time_max),
            n_requests: count(args.requests_max),
            n_connections: count(args.connections_max),
            idle: seconds(args.idle_max),
        },
        watch: args.watch.map(seconds),
        is_logged_as_json: args.log_json,
    };
    match crate::serve_http(service) {
        Ok(()) => Exit::Answered,
        Err(Unserved::Rules { why, is_unread }) => {
            console.complain(&format!("{}\n", why.trim_end()));
            if is_unread { Exit::CannotRead } else { Exit::BadRules }
        }
        Err(Unserved::Certificate(diagnostic)) => {
            let is_unread = diagnostic.code == Code::CannotRead;
            console.report(&[*diagnostic], &Sources::default());
            if is_unread { Exit::CannotRead } else { Exit::BadInput }
        }
        Err(Unserved::System(why)) => {
            console.complain(&format!("error: {why}\n"));
            Exit::CannotRead
        }
    }
}

/// Who may call.
fn known(args: &Serve, console: &mut Console<'_>) -> Result<Vec<Token>, Exit> {
    let Some(path) = &args.token_file else { return Ok(Vec::new()) };
    let text = crate::read(path).map_err(|diagnostic| {
        console.report(&[*diagnostic], &Sources::default());
        Exit::CannotRead
    })?;
    tokens(&text).map_err(|why| {
        console.complain(&format!("error: `{}` can't be used: {why}\n", path.display()));
        Exit::Misuse
    })
}
