//! How long `clearway serve` takes to answer over HTTP, beside a service that sends back what it is
//! sent: one connection, the bodies of the workload in turn, in alternating rounds.
//!
//! `cargo run --release --bin http [PROGRAM]`, the program being `clearway`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use clearway_peers::pack::rules;
use clearway_peers::timing::shown;
use clearway_peers::workload::Workload;

const ROUNDS: usize = 12;

fn main() {
    let program = std::env::args().nth(1).unwrap_or_else(|| "../../target/release/clearway".into());
    let workload = Workload::new();
    let echo = echo();
    let folder = std::env::temp_dir().join(format!("clearway-http-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("bench.way"), rules()).expect("the rules are written");
    let address = free_address();
    let mut service = Service(
        Command::new(program)
            .args(["serve", "--listen", &address.to_string(), "--rules"])
            .arg(&folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts"),
    );
    let asks = [
        ("axum echo", echo, "/"),
        ("clearway, standing", address, "/v1/decide?as_at=2026-11-27&fields=standing"),
        ("clearway, reasons", address, "/v1/decide?as_at=2026-11-27&fields=reasons"),
    ];
    let mut callers: Vec<Caller> =
        asks.iter().map(|(_, address, path)| Caller::new(*address, path)).collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); asks.len()];
    for round in 0..ROUNDS {
        for (caller, times) in callers.iter_mut().zip(&mut times) {
            for text in &workload.texts {
                let took = caller.ask(text);
                // The first round warms up.
                if round > 0 {
                    times.push(took);
                }
            }
        }
    }
    println!("| one connection | p50 | p99 | p50 beside echo |\n|---|---|---|---|");
    let mut echo_p50 = None;
    for ((name, ..), times) in asks.iter().zip(&mut times) {
        times.sort_unstable();
        let (p50, p99) = (times[times.len() / 2], times[times.len() * 99 / 100]);
        let beside = p50.as_secs_f64() / echo_p50.get_or_insert(p50).as_secs_f64();
        let [p50, p99] = [p50, p99].map(|time| shown(time.as_secs_f64()));
        println!("| {name} | {p50} | {p99} | {beside:.2} |");
    }
    service.0.kill().expect("the program is running");
    let _ = std::fs::remove_dir_all(&folder);
}

/// The program, ended with this one.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A connection that asks one thing.
struct Caller {
    stream: BufReader<TcpStream>,
    path: &'static str,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Caller {
    fn new(address: SocketAddr, path: &'static str) -> Self {
        let until = Instant::now() + Duration::from_secs(60);
        let stream = loop {
            match TcpStream::connect(address) {
                Ok(stream) => break stream,
                Err(error) if Instant::now() > until => panic!("nothing at {address}: {error}"),
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        };
        stream.set_nodelay(true).expect("a connection");
        Self { stream: BufReader::new(stream), path, request: Vec::new(), answer: Vec::new() }
    }

    /// Sends a body and takes the answer; says how long that took.
    fn ask(&mut self, body: &str) -> Duration {
        let path = self.path;
        let length = body.len();
        self.request.clear();
        write!(
            self.request,
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{body}"
        )
        .expect("memory takes what is written");
        let began = Instant::now();
        self.stream.get_mut().write_all(&self.request).expect("a body is taken");
        let mut line = String::new();
        let (mut length, mut is_first) = (0, true);
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("an answer");
            if is_first {
                assert!(line.starts_with("HTTP/1.1 200"), "{line}");
                is_first = false;
            }
            match line.trim_end().to_ascii_lowercase().split_once(": ") {
                Some(("content-length", number)) => length = number.parse().expect("a length"),
                Some(_) => {}
                None if line == "\r\n" => break,
                None => {}
            }
        }
        self.answer.resize(length, 0);
        self.stream.read_exact(&mut self.answer).expect("a whole answer");
        began.elapsed()
    }
}

/// A service in this process that sends back what it is sent.
fn echo() -> SocketAddr {
    let (ready, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("an address");
            ready.send(listener.local_addr().expect("an address")).expect("someone waits");
            let echo = Router::new().route("/", post(|body: Bytes| async { body }));
            axum::serve(listener, echo).await.expect("the service goes on");
        });
    });
    address.recv().expect("the service starts")
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free address");
    listener.local_addr().expect("an address")
}
