//! How a desk is kept open to others: where, to whom, and how much it takes at once.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::facts::NESTING_MAX;

/// A service that answers commissions.
#[derive(Clone, Debug)]
pub struct Service {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Folders of rules; the embedded ones where there are none.
    pub rules: Vec<PathBuf>,
    /// Who may call it; anybody where this is empty.
    pub tokens: Vec<Token>,
    /// What it shows of itself over TLS; plain HTTP where this is `None`.
    pub certificate: Option<Certificate>,
    /// How much it takes.
    pub limits: Limits,
    /// How often the rules are looked at for changes; never where this is `None`.
    pub watch: Option<Duration>,
    /// Whether its log is JSON.
    pub is_logged_as_json: bool,
}

/// Where a certificate is kept: PEM files, which may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The certificate, then those that vouch for it.
    pub chain: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why a service was not opened.
#[derive(Debug)]
pub enum Unserved {
    /// The rules can't be read or have errors.
    Rules {
        /// All that is wrong with them, as it is told.
        why: String,
        /// Whether they can't be read at all.
        is_unread: bool,
    },
    /// The certificate or its key can't be used.
    Certificate(Box<Diagnostic>),
    /// The system did not give what it takes: why, in words.
    System(String),
}

/// A caller: the name by which the log calls them, and what they say to be let in.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The caller's name.
    pub name: String,
    /// The secret.
    pub secret: String,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Token").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How much a service takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body of a request, in bytes.
    pub body_bytes: usize,
    /// The most commissions of one request.
    pub n_commissions: usize,
    /// The deepest nesting of a commission's objects and lists, at most [`NESTING_MAX`].
    pub nesting: usize,
    /// How long reading a body may take, and then an answer.
    pub time: Duration,
    /// The requests that are worked on or wait at once, their bodies being there; further ones are
    /// turned away.
    pub n_requests: usize,
    /// The connections that are open at once; further ones wait to be taken.
    pub n_connections: usize,
    /// How long a caller may take to agree on TLS, to send the head of a request, or to take any of
    /// what it is sent, and how long a connection may lie idle.
    pub idle: Duration,
}

impl Limits {
    /// What a service takes unless it is told otherwise.
    pub const DEFAULT: Self = Self {
        body_bytes: 16 << 20,
        n_commissions: 1_000,
        nesting: NESTING_MAX,
        time: Duration::from_secs(30),
        n_requests: 64,
        n_connections: 1_024,
        idle: Duration::from_secs(30),
    };

    /// The most that a service can take.
    pub const MOST: Self = Self {
        body_bytes: 1 << 30,
        n_commissions: 1 << 20,
        nesting: NESTING_MAX,
        time: Duration::from_secs(24 * 60 * 60),
        n_requests: 1 << 16,
        n_connections: 1 << 20,
        idle: Duration::from_secs(24 * 60 * 60),
    };

    /// These limits, where they are over the most that a service can take: that.
    #[must_use]
    pub fn bounded(self) -> Self {
        Self {
            body_bytes: self.body_bytes.min(Self::MOST.body_bytes),
            n_commissions: self.n_commissions.min(Self::MOST.n_commissions),
            nesting: self.nesting.min(Self::MOST.nesting),
            time: self.time.min(Self::MOST.time),
            n_requests: self.n_requests.min(Self::MOST.n_requests),
            n_connections: self.n_connections.min(Self::MOST.n_connections),
            idle: self.idle.min(Self::MOST.idle),
        }
    }
}

/// Reads who may call from a file of lines, each a name and a secret with blanks between; blank
/// lines and those that begin with `#` are passed over.
///
/// # Errors
/// What is wrong with the first line that can't be read.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    /// The shortest secret that is taken: what is shorter can be guessed.
    const SECRET_MIN: usize = 16;
    let mut tokens: Vec<Token> = Vec::new();
    let lines = (1..).zip(text.lines().map(str::trim));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, secret] = words.as_slice() else {
            return Err(format!("line {number} is not a name and a secret"));
        };
        if secret.len() < SECRET_MIN {
            return Err(format!(
                "the secret of `{name}` on line {number} has fewer than {SECRET_MIN} characters"
            ));
        }
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(format!(
                "the secret of `{name}` on line {number} has letters that no header can carry: take \
                 those, figures and marks of ASCII"
            ));
        }
        if let Some(other) = tokens.iter().find(|token| token.secret == *secret) {
            return Err(format!(
                "`{name}` on line {number} has the secret of `{}`: nobody could tell who calls",
                other.name
            ));
        }
        if tokens.iter().any(|token| token.name == *name) {
            return Err(format!("`{name}` on line {number} has a secret already"));
        }
        tokens.push(Token { name: (*name).to_owned(), secret: (*secret).to_owned() });
    }
    if tokens.is_empty() { Err("it names nobody".to_owned()) } else { Ok(tokens) }
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn callers_are_read_one_a_line() {
        let read = tokens("# who may call\n\n  council  0123456789abcdef\nnhs fedcba9876543210x\n");
        let read: Vec<(String, String)> =
            read.expect("callers").into_iter().map(|it| (it.name, it.secret)).collect();
        let caller = |name: &str, secret: &str| (name.to_owned(), secret.to_owned());
        let callers = [caller("council", "0123456789abcdef"), caller("nhs", "fedcba9876543210x")];
        assert_eq!(read, callers);
    }

    #[test]
    fn a_line_that_lets_in_nobody_safely_is_refused() {
        let refused = |text: &str| tokens(text).expect_err(text);
        assert!(refused("a 0123456789abcdefé").contains("no header can carry"));
        assert!(refused("a 0123456789abcdef\nb 0123456789abcdef").contains("the secret of `a`"));
        assert_eq!(refused("# nobody yet\n"), "it names nobody");
        assert_eq!(refused("\ncouncil\n"), "line 2 is not a name and a secret");
        assert_eq!(
            refused("council 0123456789abcde"),
            "the secret of `council` on line 1 has fewer than 16 characters"
        );
        assert_eq!(
            refused("council 0123456789abcdef\ncouncil fedcba9876543210"),
            "`council` on line 2 has a secret already"
        );
    }
}
