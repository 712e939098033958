//! `clearway serve`

use std::num::NonZero;
use std::time::Duration;

use super::args::Serve;
use super::console::Console;
use super::exit::Exit;
use crate::desk::{Limits, Service, Token, tokens};
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
    let seconds = |seconds: NonZero<u64>| Duration::from_secs(seconds.get());
    let service = Service {
        listen: args.listen,
        rules: args.rules.clone(),
        tokens,
        limits: Limits {
            body_bytes: args.body_bytes_max.get(),
            n_commissions: args.list_max.get(),
            nesting: usize::from(args.nesting_max),
            time: seconds(args.time_max),
            n_requests: args.requests_max.get(),
            n_connections: args.connections_max.get(),
            idle: seconds(args.idle_max),
        },
        watch: args.watch.map(seconds),
        is_logged_as_json: args.log_json,
    };
    match crate::serve_http(service) {
        Ok(()) => Exit::Answered,
        Err(why) => {
            let why = why.trim_end();
            let is_told = why.starts_with("error");
            console.complain(&if is_told { format!("{why}\n") } else { format!("error: {why}\n") });
            if is_told { Exit::BadRules } else { Exit::CannotRead }
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
