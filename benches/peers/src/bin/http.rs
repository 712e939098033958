//! Clearway's service beside an echo: what reading, deciding and answering add to a request.
//!
//! `http [--program PATH] [--quick]` starts an axum server that sends each body back and
//! `clearway serve` under the workload's rules, each a process of its own, and sends the workload's
//! fact sets to one and then the other, over one connection each, in rounds.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process, thread};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use axum::serve::ListenerExt;
use clearway_peers::pack;
use clearway_peers::timing::{shown, timed};
use clearway_peers::workload::{Standings, Workload};
use tokio::net::TcpListener;

const N_ROUNDS: usize = 15;
const N_ROUNDS_QUICK: usize = 3;
const PROGRAM: &str = "../../target/release/clearway";
/// How long a server may take to listen.
const START_MAX: Duration = Duration::from_secs(20);

struct Asked {
    program: PathBuf,
    n_rounds: usize,
}

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some("--echo") {
        echo();
        return ExitCode::SUCCESS;
    }
    match asked(env::args().skip(1)).and_then(|asked| compare(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn asked(mut arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked { program: PathBuf::from(PROGRAM), n_rounds: N_ROUNDS };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => asked.n_rounds = N_ROUNDS_QUICK,
            "--program" => {
                asked.program = arguments.next().ok_or("--program needs a path")?.into();
            }
            other => return Err(format!("`{other}` is not known: [--program PATH] [--quick]")),
        }
    }
    Ok(asked)
}

/// Sends each body back, on a free port that is the first line of output.
#[tokio::main]
async fn echo() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    println!("{}", listener.local_addr().expect("an address"));
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().route("/", post(async |body: Bytes| body));
    axum::serve(listener, router).await.expect("a server");
}

fn compare(asked: &Asked) -> Result<(), String> {
    let workload = Workload::new();
    let folder = Folder::with_rules()?;
    let (_echo, echo) = start_echo()?;
    let (_service, service) = start_service(asked, &folder)?;
    let mut echo = Caller::new(&echo, "/")?;
    let mut service = Caller::new(&service, "/v1/decide?fields=standing")?;
    check(&workload, &mut echo, &mut service)?;

    let (mut echoed, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..asked.n_rounds {
        for (caller, times) in [(&mut echo, &mut echoed), (&mut service, &mut answered)] {
            for text in &workload.texts {
                let (answer, time) = timed(|| caller.call(text).map(str::len));
                answer?;
                times.push(time);
            }
        }
    }
    print_table(echoed, answered);
    println!(
        "One connection kept alive each, {} requests each in {} rounds, {} bytes on average.",
        asked.n_rounds * workload.texts.len(),
        asked.n_rounds,
        workload.mean_bytes()
    );
    Ok(())
}

/// That each server answers every body as it should; this warms them up too.
fn check(workload: &Workload, echo: &mut Caller, service: &mut Caller) -> Result<(), String> {
    for (text, expected) in workload.texts.iter().zip(&workload.expected) {
        if echo.call(text)? != text {
            return Err(format!("the echo of {text} differs"));
        }
        let answer = service.call(text)?;
        if Standings::read(answer) != Some(expected.standings()) {
            return Err(format!("{text} has the answer {answer}"));
        }
    }
    Ok(())
}

fn print_table(mut echoed: Vec<Duration>, mut answered: Vec<Duration>) {
    echoed.sort_unstable();
    answered.sort_unstable();
    println!("| request | p50 | p99 |\n|---|---|---|");
    for (name, times) in [("axum echo", &echoed), ("clearway serve, standings", &answered)] {
        let at = |hundredths| shown(centile(times, hundredths).as_secs_f64());
        println!("| {name} | {} | {} |", at(50), at(99));
    }
    let ratio = |hundredths| {
        centile(&answered, hundredths).as_secs_f64() / centile(&echoed, hundredths).as_secs_f64()
    };
    println!("| ratio | {:.2} | {:.2} |\n", ratio(50), ratio(99));
}

/// The time within which so many of a hundred are, of times in order.
fn centile(times: &[Duration], hundredths: usize) -> Duration {
    times[times.len() * hundredths / 100]
}

/// A process that ends when it is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A folder that is removed when it is dropped.
struct Folder(PathBuf);

impl Folder {
    /// A temporary folder with the workload's rules in `rules/`.
    fn with_rules() -> Result<Self, String> {
        let folder = Self(env::temp_dir().join(format!("clearway-peers-{}", process::id())));
        let rules = folder.0.join("rules");
        fs::create_dir_all(&rules)
            .and_then(|()| fs::write(rules.join("bench.way"), pack::rules()))
            .map_err(|error| format!("{} can't be written: {error}", rules.display()))?;
        Ok(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The echo, and where it listens.
fn start_echo() -> Result<(Server, String), String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let child = Command::new(program).arg("--echo").stdout(Stdio::piped()).spawn();
    let mut server = Server(child.map_err(|error| format!("the echo can't start: {error}"))?);
    let mut address = String::new();
    let output = server.0.stdout.take().ok_or("the echo is silent")?;
    BufReader::new(output).read_line(&mut address).map_err(|error| error.to_string())?;
    Ok((server, address.trim().to_owned()))
}

/// `clearway serve` under the workload's rules, and where it listens. Its log goes to a file, which
/// cannot fill up as a pipe would.
fn start_service(asked: &Asked, folder: &Folder) -> Result<(Server, String), String> {
    let log = folder.0.join("log");
    let file = fs::File::create(&log).map_err(|error| error.to_string())?;
    let child = Command::new(&asked.program)
        .args(["serve", "--listen", "127.0.0.1:0", "--rules"])
        .arg(folder.0.join("rules"))
        .stderr(file)
        .spawn();
    let program = asked.program.display();
    let server = Server(child.map_err(|error| format!("{program} can't start: {error}"))?);
    let start = Instant::now();
    while start.elapsed() < START_MAX {
        let log = fs::read_to_string(&log).unwrap_or_default();
        let address = log.split_whitespace().find_map(|word| word.strip_prefix("address="));
        if let Some(address) = address {
            return Ok((server, address.to_owned()));
        }
        thread::sleep(Duration::from_millis(20));
    }
    let log = fs::read_to_string(&log).unwrap_or_default();
    Err(format!("{program} does not listen: {log}"))
}

/// One connection to a server, kept alive, for requests to one path.
struct Caller {
    stream: TcpStream,
    path: &'static str,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Caller {
    fn new(address: &str, path: &'static str) -> Result<Self, String> {
        let stream = TcpStream::connect(address).map_err(|error| format!("{address}: {error}"))?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(Self { stream, path, request: Vec::new(), answer: vec![0; 1 << 16] })
    }

    /// Sends a body, and gives the one that comes back.
    fn call(&mut self, body: &str) -> Result<&str, String> {
        self.request.clear();
        write!(
            self.request,
            "POST {} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.path,
            body.len()
        )
        .map_err(|error| error.to_string())?;
        self.stream.write_all(&self.request).map_err(|error| error.to_string())?;
        self.answer()
    }

    fn answer(&mut self) -> Result<&str, String> {
        let mut n_read = 0;
        let (start, end) = loop {
            match self.stream.read(&mut self.answer[n_read..]).map_err(|error| error.to_string())? {
                0 => return Err(format!("{} breaks off", self.path)),
                more => n_read += more,
            }
            match body(&self.answer[..n_read])? {
                Some((start, end)) if end <= n_read => break (start, end),
                Some(_) | None => {}
            }
        };
        str::from_utf8(&self.answer[start..end]).map_err(|error| error.to_string())
    }
}

/// Where the body of an answer starts and ends; none where its head has not all come.
fn body(answer: &[u8]) -> Result<Option<(usize, usize)>, String> {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = str::from_utf8(&answer[..end]).map_err(|error| error.to_string())?;
    if !head.starts_with("HTTP/1.1 200") {
        return Err(format!("refused: {head}"));
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        if is_length { value.trim().parse::<usize>().ok() } else { None }
    });
    let length = length.ok_or("an answer without a length")?;
    Ok(Some((end + 4, end + 4 + length)))
}
