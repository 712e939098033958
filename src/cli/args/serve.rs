//! The flags of `clearway serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::desk::Limits;

/// The deepest nesting that can be asked for: what is read of any commission.
const NESTING_MAX: i64 = crate::facts::NESTING_MAX as i64;

/// The most seconds that a limit can be: a day.
const SECONDS_MAX: u64 = Limits::MOST.time.as_secs();

/// The most of what is counted that a limit can be.
const BYTES_MAX: u64 = Limits::MOST.body_bytes as u64;
const LIST_MAX: u64 = Limits::MOST.n_commissions as u64;
const REQUESTS_MAX: u64 = Limits::MOST.n_requests as u64;
const CONNECTIONS_MAX: u64 = Limits::MOST.n_connections as u64;

fn address(text: &str) -> Result<SocketAddr, String> {
    let forms = "write an address of the machine and a port: `127.0.0.1:8080`, or `[::1]:8080`";
    text.parse().map_err(|_| forms.to_owned())
}

/// `clearway serve`
#[derive(clap::Args)]
pub(in crate::cli) struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080", value_parser = address)]
    pub(in crate::cli) listen: SocketAddr,
    /// Folders of rules in place of the embedded ones; national packs they use are embedded
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// Look at the rules for changes every so many seconds, 2 unless said; they are read again on
    /// SIGHUP too
    #[arg(
        long,
        value_name = "SECONDS",
        num_args = 0..=1,
        default_missing_value = "2",
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX)
    )]
    pub(in crate::cli) watch: Option<u64>,
    /// Who may call: a file of lines, each a name and a secret
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) token_file: Option<PathBuf>,
    /// Let anybody call from other machines
    #[arg(long, conflicts_with = "token_file")]
    pub(in crate::cli) open: bool,
    /// The certificate to show, a PEM file, which makes it HTTPS; read again on SIGHUP
    #[arg(long, value_name = "FILE", requires = "key")]
    pub(in crate::cli) certificate: Option<PathBuf>,
    /// The certificate's private key, a PEM file
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub(in crate::cli) key: Option<PathBuf>,
    /// Write the log as JSON
    #[arg(long)]
    pub(in crate::cli) log_json: bool,
    /// The largest body of a request, in bytes
    #[arg(
        long,
        value_name = "BYTES",
        default_value = "16777216",
        value_parser = clap::value_parser!(u64).range(1..=BYTES_MAX)
    )]
    pub(in crate::cli) body_bytes_max: u64,
    /// The most commissions of one request
    #[arg(
        long,
        value_name = "N",
        default_value = "1000",
        value_parser = clap::value_parser!(u64).range(1..=LIST_MAX)
    )]
    pub(in crate::cli) list_max: u64,
    /// The deepest nesting of a commission's objects and lists, 64 at most
    #[arg(
        long,
        value_name = "N",
        default_value = "64",
        value_parser = clap::value_parser!(u8).range(1..=NESTING_MAX)
    )]
    pub(in crate::cli) nesting_max: u8,
    /// How long reading a body may take, and then an answer, in seconds
    #[arg(
        long,
        value_name = "SECONDS",
        default_value = "30",
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX)
    )]
    pub(in crate::cli) time_max: u64,
    /// The requests that are worked on or wait at once, their bodies being there; further ones are
    /// turned away
    #[arg(
        long,
        value_name = "N",
        default_value = "64",
        value_parser = clap::value_parser!(u64).range(1..=REQUESTS_MAX)
    )]
    pub(in crate::cli) requests_max: u64,
    /// The connections that are open at once; further ones wait
    #[arg(
        long,
        value_name = "N",
        default_value = "1024",
        value_parser = clap::value_parser!(u64).range(1..=CONNECTIONS_MAX)
    )]
    pub(in crate::cli) connections_max: u64,
    /// How long a caller may take to agree on TLS, to send the head of a request, or to take any of
    /// what it is sent, and how long a connection may lie idle, in seconds
    #[arg(
        long,
        value_name = "SECONDS",
        default_value = "30",
        value_parser = clap::value_parser!(u64).range(1..=SECONDS_MAX)
    )]
    pub(in crate::cli) idle_max: u64,
}
