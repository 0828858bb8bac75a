//! `ports annotate`, run and called.

use crate::common::Random;
use crate::{Counter, Parts, ports_with_input};
use iana_ports_cli::annotate::{CHUNK, MAX_WORD, copy};
use indicatif::ProgressBar;
use std::cell::Cell;
use std::io::BufWriter;

const LINES: [(&str, &str); 16] = [
    ("5432/tcp open  postgresql PostgreSQL DB 14.2", "5432/tcp (postgresql) open  postgresql PostgreSQL DB 14.2"),
    ("0.0.0.0:8080->80/tcp, :::8080->80/tcp   web", "0.0.0.0:8080->80/tcp (http), :::8080->80/tcp (http)   web"),
    ("web  10.96.0.12  80:31380/TCP,443:31390/TCP", "web  10.96.0.12  80:31380/TCP,443:31390/TCP"),
    ("db   ClusterIP   5432/TCP   4d", "db   ClusterIP   5432/TCP (postgresql)   4d"),
    ("service=\"tcp/443\" app=udp/53", "service=\"tcp/443 (https)\" app=udp/53 (domain)"),
    ("tcp  LISTEN  127.0.0.53%lo:53  0.0.0.0:*", "tcp  LISTEN  127.0.0.53%lo:53  0.0.0.0:*"),
    ("192.0.2.1:443/tcp [2001:db8::1]:53/udp", "192.0.2.1:443/tcp (https) [2001:db8::1]:53/udp (domain)"),
    ("6003/TCP 53/udp-lite", "6003/TCP (x11) 53/udp-lite (domain)"),
    ("from 10.0.0.1:80/tcp, to (22/tcp). 22/tcp.", "from 10.0.0.1:80/tcp (http), to (22/tcp (ssh)). 22/tcp (ssh)."),
    // A port of a mapping, or of an address that cannot be distinguished from it.
    ("80:5432/TCP 2001:db8::1:443/tcp", "80:5432/TCP 2001:db8::1:443/tcp"),
    ("x000000000000080:443/tcp", "x000000000000080:443/tcp (https)"),
    // Not registered.
    ("60000/tcp 80/dccp", "60000/tcp 80/dccp"),
    // No ports.
    ("65536/tcp 080443/tcp /tcp 80/ 80/tc 80/tcpx 80/tcp-x", "65536/tcp 080443/tcp /tcp 80/ 80/tc 80/tcpx 80/tcp-x"),
    ("a/b/tcp/80/tcp 443/tcp/udp 443/tcp/ 443/tcp6", "a/b/tcp/80/tcp 443/tcp/udp 443/tcp/ 443/tcp6"),
    ("x80/tcp 192.0.2.80/tcp 79-80/tcp 80/icmp 80 tcp", "x80/tcp 192.0.2.80/tcp 79-80/tcp 80/icmp 80 tcp"),
    ("", ""),
];

fn annotated(text: &str, lengths: impl FnMut(usize) -> usize) -> String {
    let mut out = Vec::new();
    copy(Parts(text.as_bytes(), lengths), &mut out, &ProgressBar::hidden()).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn adds_services_to_ports_wherever_the_input_is_cut() {
    let mut random = Random::new(443);
    let text = |of: fn((&'static str, &'static str)) -> &'static str| {
        LINES.map(|line| of(line).to_owned() + "\n" + of(line) + "\r\n").concat() + of(LINES[0])
    };
    let (input, expected) = (text(|(line, _)| line), text(|(_, annotated)| annotated));
    let (status, out, err) = ports_with_input(["annotate"], input.as_bytes());
    assert_eq!((status, out.as_str(), err.as_str()), (0, expected.as_str(), ""));
    for longest in 1..40 {
        assert_eq!(annotated(&input, |_| longest), expected);
        assert_eq!(annotated(&input, |_| 1 + random.below(longest)), expected);
    }
    for cut in 0..input.len() {
        assert_eq!(annotated(&input, |rest| rest.saturating_sub(cut).max(1)), expected);
    }
    // Longer than what is read at once.
    let many = 3 * CHUNK / input.len();
    assert!(annotated(&(input.clone() + "\n").repeat(many), |rest| rest) == (expected + "\n").repeat(many));
}

/// Memory is bounded because no more than the end of a word waits to be written, however long the word.
#[test]
fn little_is_kept_of_an_endless_word() {
    for piece in ["x", "1", "x/", "/tcp", ":1"] {
        let written = Cell::new(0);
        let (mut given, mut most) = (0, 0);
        let text = piece.repeat(4 * CHUNK / piece.len()) + " 443/tcp";
        let input = Parts(text.as_bytes(), |rest| {
            given = text.len() - rest;
            most = most.max(given - written.get());
            CHUNK
        });
        copy(input, &mut Counter(&written), &ProgressBar::hidden()).unwrap();
        assert!(most <= MAX_WORD, "{most}");
        assert_eq!(written.get(), text.len() + " (https)".len());
    }
}

/// A line appears before the next is there.
#[test]
fn a_line_does_not_wait_for_the_next() {
    let written = Cell::new(0);
    let text = "443/tcp\n443/tcp\n";
    let input = Parts(text.as_bytes(), |rest| {
        assert_eq!(written.get(), "443/tcp (https)\n".len() * (2 - rest / 8));
        8
    });
    copy(input, &mut BufWriter::new(Counter(&written)), &ProgressBar::hidden()).unwrap();
}
