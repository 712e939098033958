//! The program as it runs, with its log, and those who call it.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use super::Town;

/// A service that runs, with its log.
pub(super) struct Running {
    pub(super) child: Child,
    pub(super) log: BufReader<ChildStderr>,
    pub(super) address: String,
}

impl Running {
    pub(super) fn start(town: &Town) -> Self {
        Self::start_with(town, &[])
    }

    pub(super) fn start_with(town: &Town, further: &[&str]) -> Self {
        Self::start_by(Command::new(env!("CARGO_BIN_EXE_clearway")), town, further)
    }

    /// Starts it by a command that ends in the program's name.
    pub(super) fn start_by(mut command: Command, town: &Town, further: &[&str]) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--log-json", "--rules"]);
        command.arg(town.folder.path()).args(further).stderr(Stdio::piped()).stdin(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let mut log = BufReader::new(child.stderr.take().expect("a log"));
        let line = line_with(&mut log, "listening");
        let address = line.split("\"address\":\"").nth(1).expect("an address");
        let address = address.split('"').next().expect("an end").to_owned();
        Self { child, log, address }
    }

    pub(super) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("the service listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        stream
    }

    /// What a request of these lines is answered, head and body.
    pub(super) fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("the request is taken");
        let mut answered = String::new();
        stream.read_to_string(&mut answered).expect("the answer can be read");
        answered
    }

    pub(super) fn decide(&self, commission: &str) -> String {
        self.ask(&decide(commission))
    }
}

/// The lines of a request to answer a commission, after which the connection is done with.
pub(super) fn decide(commission: &str) -> String {
    format!(
        "POST /v1/decide?fields=standing HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{commission}",
        commission.len()
    )
}

/// The lines of a request for a page, after which the connection is done with.
pub(super) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: town\r\nconnection: close\r\n\r\n")
}

/// Waits until a connection is closed, whatever comes before that, and says for how long.
pub(super) fn closed_after(mut stream: TcpStream) -> Duration {
    let began = Instant::now();
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => {}
        // Closed with what it was sent unread.
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("the connection stays open: {error}"),
    }
    began.elapsed()
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next line of a log that holds these words.
pub(super) fn line_with(log: &mut BufReader<ChildStderr>, words: &str) -> String {
    loop {
        let mut line = String::new();
        let n_bytes = log.read_line(&mut line).expect("the log can be read");
        assert!(n_bytes > 0, "the log ends without `{words}`");
        if line.contains(words) {
            return line;
        }
    }
}
