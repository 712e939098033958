"""Calls the service as docs/SERVICE.md shows it called from Python, and holds the page to its word.

    clients.py PROGRAM PAGE FOLDER

Puts the page's files into FOLDER, serves them there with PROGRAM, and runs the page's `sh` and
`python` blocks in turn; the `text` block right after one must be what it writes. Prints the
address served at, and goes on serving until told to stop (SIGTERM).
"""

import re
import signal
import subprocess
import sys
from pathlib import Path

SHOWN = "http://127.0.0.1:8080"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main(program: str, page: str, folder: str) -> None:
    """Runs what the page shows."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    here = Path(folder)
    blocks = BLOCK.findall(Path(page).read_text())
    for _, path, text in blocks:
        if path:
            (here / path).parent.mkdir(parents=True, exist_ok=True)
            (here / path).write_text(text)
    words = [program, "serve", "--listen", "127.0.0.1:0", "--rules", str(here / "town")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as service:
        try:
            address = listening(service)
            n_run = sum(run(here, address, *pair) for pair in zip(blocks, blocks[1:]))
            if n_run == 0:
                sys.exit(f"{page} shows nothing to run")
            print(address, flush=True)
            signal.pause()
        finally:
            service.terminate()


def listening(service: subprocess.Popen) -> str:
    """Waits until the service listens, and says where; what it logs after that is passed over."""
    for line in service.stderr:
        if found := re.search(r"address=(\S+)", line):
            subprocess.Popen(["cat"], stdin=service.stderr, stdout=subprocess.DEVNULL)
            return f"http://{found[1]}"
    sys.exit("the service does not start")


def run(here: Path, address: str, shown: tuple, after: tuple) -> bool:
    """Runs a block, if it is one to run, and compares what it writes with what the page says."""
    kind, path, text = shown
    runners = {"sh": ["sh", "-eu", "-c"], "python": [sys.executable, "-c"]}
    if path or kind not in runners:
        return False
    words = [*runners[kind], text.replace(SHOWN, address)]
    done = subprocess.run(words, cwd=here, stdout=subprocess.PIPE, text=True, check=False)
    said = after[2] if after[0] == "text" else ""
    if done.returncode != 0 or (said and done.stdout != said):
        sys.exit(f"{text}\nwrites\n{done.stdout}\nin place of\n{said}")
    return True


if __name__ == "__main__":
    main(*sys.argv[1:])
