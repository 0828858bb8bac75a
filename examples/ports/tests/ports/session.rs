//! What a person sees at a prompt: each command of session.txt and of the README, and what it prints.

use crate::common::{folder, oracle, skipped};
use std::path::Path;
use std::process::Command;

/// What a shell prints for the command: standard error, then standard output, then the exit status in brackets if it is
/// not 0.
fn seen(command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_ports"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).envs([("PATH", path.as_str()), ("COLUMNS", "80")]).current_dir(folder("session"));
    let output = shell.output().unwrap();
    let status = output.status.code().filter(|&status| status != 0).map(|status| format!("[{status}]"));
    let seen = [output.stderr, output.stdout, status.unwrap_or_default().into()].concat();
    String::from_utf8(seen).unwrap().replace("\r\n", "\n")
}

/// With the registries that these tests know: each line of session.txt and of the README that begins with `$ ` is a
/// command, and the lines below are what it prints.
#[test]
fn commands_print_what_the_session_and_the_readme_show() {
    if cfg!(not(unix)) {
        return skipped("commands in a shell", "Unix");
    }
    if oracle::counts().is_none() {
        return;
    }
    let blocks = README.split("```text\n").skip(1).map(|rest| rest.split_once("```").unwrap().0);
    for session in blocks.chain([include_str!("session.txt")]) {
        for text in session.strip_prefix("$ ").unwrap().split("\n$ ") {
            let (command, printed) = text.split_once('\n').unwrap();
            assert_eq!(seen(command).trim_end(), printed.trim_end(), "$ {command}");
        }
    }
    let tasks = README.lines().filter_map(|line| line.strip_suffix("` |")?.split("| `").nth(1));
    let answers = "5432/tcp 443/tcp 22/tcp 3389/tcp 5222/tcp 11211/tcp 631/tcp 80/tcp 8080/tcp (ssh)";
    let answers: Vec<&str> = answers.split(' ').collect();
    let tasks: Vec<&str> = tasks.collect();
    assert_eq!(tasks.len(), answers.len());
    for (task, answer) in tasks.iter().zip(answers) {
        let seen = seen(&format!("echo 22/tcp > firewall.log; {task}"));
        assert!(seen.contains(answer), "{task}: {seen}");
    }
}

const README: &str = include_str!("../../README.md");

/// A terminal of this width, in which a shell runs the command.
fn in_terminal(width: usize, command: &str) -> Option<String> {
    const PYTHON: &str = "
import fcntl, os, pty, struct, sys, termios
width, program, command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.environ['PATH'] = program + ':' + os.environ['PATH']
    os.environ['TERM'] = 'xterm'
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(width), 0, 0))
    os.execvp('sh', ['sh', '-c', command])
while True:
    try:
        text = os.read(terminal, 4096)
    except OSError:
        break
    if not text:
        break
    sys.stdout.buffer.write(text)
";
    let folder = Path::new(env!("CARGO_BIN_EXE_ports")).parent().unwrap();
    let mut python = Command::new("python3");
    let output = python.args(["-c", PYTHON, &width.to_string()]).arg(folder).arg(command).output().ok()?;
    let printed = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
    (output.status.success() && !printed.is_empty()).then_some(printed)
}

#[test]
fn lines_fit_the_width_of_a_terminal_only() {
    for width in [60, 80, 120] {
        let Some(table) = in_terminal(width, "ports xmpp 2049; ports search a") else {
            return skipped("lines in a terminal", "python3");
        };
        let piped = [crate::ports(["xmpp", "2049"]), crate::ports(["search", "a"])];
        let piped: String = piped.into_iter().map(|(_, out, err)| err + &out).collect();
        assert!(piped.lines().any(|line| line.chars().count() > 120));
        assert_eq!(table.lines().count(), piped.lines().count());
        for (line, whole) in table.lines().zip(piped.lines()) {
            assert!(line.chars().count() <= width, "{width}: {line}");
            let start = line.strip_suffix('…').unwrap_or(whole);
            assert!(whole.starts_with(start) && (line == whole || whole.chars().count() > width), "{width}: {line}");
        }
        let columns = in_terminal(width, "ports -l 0-1023").unwrap();
        // A word is not broken.
        let fits = |line: &str| line.chars().count() <= width || line.get(29..).is_some_and(|text| !text.contains(' '));
        assert_eq!(columns.lines().find(|line| !fits(line)), None);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&columns), words(&crate::ports(["-l", "0-1023"]).1));
    }
}

/// The progress bar is for a terminal that does not show the text.
#[test]
fn annotate_shows_progress_where_the_text_goes_to_a_file() {
    let file = folder("progress").join("annotated");
    let annotate = |to: &str| in_terminal(80, &format!("printf '443/tcp\\nx\\n' | ports annotate {to}; echo end"));
    let Some(in_file) = annotate(&format!("> '{}'", file.display())) else {
        return skipped("the progress bar", "python3");
    };
    assert!(in_file.contains("2 lines"), "{in_file}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "443/tcp (https)\nx\n");
    for elsewhere in ["", "| cat", "> /dev/null"] {
        let seen = annotate(elsewhere).unwrap();
        assert!(!seen.contains("lines") && seen.ends_with("end\n"), "{elsewhere}: {seen}");
    }
}
