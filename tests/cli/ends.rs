//! The ends of a command: input that fails, output that can't be written, files that are more than
//! their text.

use std::fs;
use std::io::{Error, ErrorKind, Read, Result, Write};

use clearway::cli::{Console, Exit, run};

use super::shell::{Shell, TODAY, clearway};

/// An end of which every use fails.
struct Broken(ErrorKind);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> Result<usize> {
        Err(Error::from(self.0))
    }
}

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> Result<usize> {
        Err(Error::from(self.0))
    }

    fn flush(&mut self) -> Result<()> {
        Err(Error::from(self.0))
    }
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// How `clearway man` ends, and what it complains of, when its output fails.
fn written_to(output: &mut Broken) -> (Exit, String) {
    let mut errors = Vec::new();
    let mut console = Console {
        input: &mut std::io::empty(),
        output,
        errors: &mut errors,
        width: 80,
        is_coloured: false,
        are_errors_coloured: false,
        today: TODAY,
    };
    let exit = run(words("clearway man"), &mut console);
    (exit, String::from_utf8_lossy(&errors).into_owned())
}

#[test]
fn input_that_fails_is_told() {
    let said = clearway(&words("fmt -"), &mut Broken(ErrorKind::PermissionDenied));
    assert_eq!(said.exit, Exit::CannotRead);
    assert_eq!(said.errors, "error: standard input can't be read: permission denied\n");
}

#[test]
fn input_that_is_no_text_is_refused() {
    let said = clearway(&words("fmt -"), &mut &b"//! Dear at \xa3100.\n"[..]);
    assert_eq!(said.exit, Exit::BadRules);
    assert!(said.errors.starts_with("error[not-utf8]: `standard input` is not UTF-8 text"));
    assert_eq!(said.output, "");
}

#[test]
fn output_that_can_not_be_written_is_told() {
    let (exit, errors) = written_to(&mut Broken(ErrorKind::StorageFull));
    assert_eq!(exit, Exit::CannotRead);
    assert_eq!(errors, "error: the output can't be written: no storage space\n");
}

#[test]
fn a_reader_that_has_gone_away_is_no_error() {
    let (exit, errors) = written_to(&mut Broken(ErrorKind::BrokenPipe));
    assert_eq!((exit, errors.as_str()), (Exit::Answered, ""));
}

#[cfg(unix)]
#[test]
fn a_folder_linked_into_itself_is_read_once() {
    let shell = Shell::new();
    shell.put("town/list.way", b"list codes \"Codes\" : CPV codes\n  85312400 [act s.1]\n");
    std::os::unix::fs::symlink(".", shell.path("town/again")).expect("a link can be made");
    let said = shell.clearway(&["fmt", "--check", "town"]);
    assert_eq!(said.output, "town/list.way is not in the layout\n");
}

#[cfg(unix)]
#[test]
fn fmt_follows_a_link_and_keeps_who_may_read_a_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let shell = Shell::new();
    shell.put("law/list.way", b"list codes \"Codes\" : CPV codes\n  85312400 [act s.1]\n");
    shell.put("town/notes.txt", b"");
    let (file, link) = (shell.path("law/list.way"), shell.path("town/list.way"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("permissions can be set");
    symlink(&file, &link).expect("a link can be made");

    let said = shell.clearway(&["fmt", "town"]);

    assert_eq!((said.exit, said.errors.as_str()), (Exit::Answered, ""));
    assert!(link.is_symlink());
    let written = fs::read_to_string(&file).expect("the file can be read");
    assert!(written.contains("\n    85312400"), "{written}");
    let permissions = fs::metadata(&file).expect("the file is there").permissions();
    assert_eq!(permissions.mode() & 0o777, 0o600);
}
