//! `ports export services`: its lines against the XML, and against what glibc reads in them.

use crate::common::{oracle, skipped};
use crate::export::exported;
use iana_ports::{REGISTRY_SOURCE, Transport};
use std::collections::BTreeMap;

/// The rows that a services file can hold, for each port and transport.
fn rows_by_port(rows: &[oracle::Row]) -> BTreeMap<(u16, Transport), Vec<&oracle::Row>> {
    let mut by_port: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let named = |row: &&oracle::Row| !row.name().is_empty() && !row.name().contains(['#', ' ']);
    for row in rows.iter().filter(named) {
        for port in row.ports.into_iter().flat_map(|(start, end)| start..=end) {
            for transport in Transport::ALL.into_iter().filter(|&transport| row.applies_to(port, transport)) {
                by_port.entry((port, transport)).or_default().push(row);
            }
        }
    }
    // The name of the usual service comes first.
    for list in by_port.values_mut() {
        let usual = (0..list.len()).min_by_key(|&place| list[place].usual_rank()).unwrap();
        list[..=usual].rotate_right(1);
    }
    by_port
}

fn services() -> String {
    exported("services")
}

#[test]
fn every_line_is_a_port_with_the_names_of_the_xml() {
    let rows = oracle::rows();
    let text = services();
    assert!(text.starts_with(&format!("# {REGISTRY_SOURCE}\n")), "{}", &text[..200]);
    let mut lines = text.lines().skip_while(|line| line.starts_with('#'));
    let by_port = rows_by_port(rows);
    assert!(by_port.len() > 12_000);
    for ((port, transport), rows) in by_port {
        let line = lines.next().unwrap();
        let (fields, comment) = line.split_once(" # ").unwrap_or((line, ""));
        let mut names: Vec<&str> = fields.split_whitespace().collect();
        assert_eq!(names.remove(1), format!("{port}/{transport}"));
        assert_eq!(names, rows.iter().map(|row| row.name()).collect::<Vec<_>>(), "{line}");
        assert_eq!(comment, rows[0].cells[3], "{line}");
        assert_eq!(line, line.trim());
    }
    assert_eq!(lines.next(), None);
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[test]
fn glibc_agrees() {
    skipped("the comparison with glibc", "glibc");
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code, reason = "calls functions of the C library")]
mod glibc {
    use super::*;
    use crate::common::{Random, folder};
    use iana_ports::Transport::{Tcp, Udp};
    use iana_ports::{name_by_port, port_by_name};
    use std::collections::BTreeSet;
    use std::ffi::{CStr, CString, c_char, c_int};
    use std::path::Path;
    use std::process::{Command, Output};

    /// `struct servent` of netdb.h.
    #[repr(C)]
    struct Servent {
        name: *mut c_char,
        aliases: *mut *mut c_char,
        port: c_int,
        protocol: *mut c_char,
    }

    unsafe extern "C" {
        fn __nss_configure_lookup(database: *const c_char, services: *const c_char) -> c_int;
        fn getservbyport_r(
            port: c_int,
            protocol: *const c_char,
            found: *mut Servent,
            buffer: *mut c_char,
            length: usize,
            result: *mut *mut Servent,
        ) -> c_int;
        fn getservbyname_r(
            name: *const c_char,
            protocol: *const c_char,
            found: *mut Servent,
            buffer: *mut c_char,
            length: usize,
            result: *mut *mut Servent,
        ) -> c_int;
    }

    /// What `call` finds, given the last four arguments of a `getserv…_r`: a name and a port.
    fn found(call: impl FnOnce(*mut Servent, *mut c_char, usize, *mut *mut Servent) -> c_int) -> Option<(String, u16)> {
        let null = std::ptr::null_mut();
        let mut found = Servent { name: null, aliases: null.cast(), port: 0, protocol: null };
        let mut buffer = [0; 4096];
        let mut result = std::ptr::null_mut();
        let status = call(&mut found, buffer.as_mut_ptr(), buffer.len(), &mut result);
        // A line that does not fit the buffer would be ERANGE.
        assert!(status == 0 || status == 2, "glibc failed with error {status}");
        if result.is_null() {
            return None;
        }
        // SAFETY: on success the name is a string that ends in NUL, in `buffer`.
        let name = unsafe { CStr::from_ptr(found.name) };
        Some((name.to_str().unwrap().to_owned(), u16::from_be(found.port as u16)))
    }

    fn by_port(port: u16, transport: Transport) -> Option<String> {
        let protocol = CString::new(transport.as_str()).unwrap();
        // SAFETY: `protocol` ends in NUL, and `found` lends a buffer of the length that it states.
        let call = |found, buffer, length, result| unsafe {
            getservbyport_r(port.to_be().into(), protocol.as_ptr(), found, buffer, length, result)
        };
        found(call).map(|(name, _)| name)
    }

    fn by_name(name: &str, transport: Transport) -> Option<u16> {
        let name = CString::new(name).unwrap();
        let protocol = CString::new(transport.as_str()).unwrap();
        // SAFETY: `name` and `protocol` end in NUL, and `found` lends a buffer of the length that it states.
        let call = |found, buffer, length, result| unsafe {
            getservbyname_r(name.as_ptr(), protocol.as_ptr(), found, buffer, length, result)
        };
        found(call).map(|(_, port)| port)
    }

    /// Holds the folder that the process shall have for its root, in a process that asks glibc.
    const ROOT: &str = "IANA_PORTS_TEST_ROOT";
    /// The exit status of such a process that may not change its root.
    const REFUSED: i32 = 77;

    /// Runs `test` again in a process of its own, whose `/etc/services` is `text`: as it is where that may change its
    /// root, else in a user namespace. `None`, with a message, where neither is allowed.
    fn run_with(text: &str, test: &str) -> Option<Output> {
        let root = folder(test);
        std::fs::create_dir_all(root.join("etc")).unwrap();
        std::fs::write(root.join("etc/services"), text).unwrap();
        let this = std::env::current_exe().unwrap();
        let mut unshare = Command::new("unshare");
        unshare.arg("--map-root-user").arg(&this);
        for mut command in [Command::new(&this), unshare] {
            let arguments = ["--exact", "--nocapture", "--test-threads=1", &format!("services::glibc::{test}")];
            match command.args(arguments).env(ROOT, &root).output() {
                Ok(output) if output.status.code() == Some(REFUSED) => {}
                Ok(output) if String::from_utf8_lossy(&output.stderr).starts_with("unshare: ") => {}
                Err(_) => {}
                Ok(output) => return Some(output),
            }
        }
        skipped(test, "root");
        None
    }

    /// Compares glibc, the crate and the XML, in a process whose root is `root`.
    fn compare(transport: Transport, root: &Path) {
        let rows = oracle::rows();
        // Before the root changes: a glibc older than 2.34 loads its reader of services files as a library.
        // SAFETY: both are strings that end in NUL.
        assert_eq!(unsafe { __nss_configure_lookup(c"services".as_ptr(), c"files".as_ptr()) }, 0);
        by_name("http", Tcp);
        if let Err(error) = std::os::unix::fs::chroot(root).and_then(|()| std::env::set_current_dir("/")) {
            eprintln!("{error}");
            std::process::exit(REFUSED);
        }
        // glibc reads the file from its beginning for each question: all System Ports, and one in eight of the others.
        let mut random = Random::new(6335);
        let mut asked = 0;
        let mut seen = BTreeSet::new();
        for ((port, _), rows) in rows_by_port(rows).into_iter().filter(|((_, of_rows), _)| *of_rows == transport) {
            let new_names = rows.iter().map(|row| row.name()).filter(|name| seen.insert(*name)).collect::<Vec<_>>();
            if port > 1023 && random.below(8) > 0 {
                continue;
            }
            let primary = Some(rows[0].name());
            assert_eq!(by_port(port, transport).as_deref(), primary, "{port}/{transport} by glibc");
            // A name that a services file cannot hold may come first.
            let by_crate = name_by_port(port, transport).filter(|name| !name.contains(['#', ' ']));
            assert!(by_crate.is_none() || by_crate == primary, "{port}/{transport} by the crate: {by_crate:?}");
            for name in new_names {
                // The ports ascend, so that this is the lowest of the name.
                assert_eq!(by_name(name, transport), Some(port), "{name}/{transport} by glibc");
                assert_eq!(port_by_name(name, transport), Some(port), "{name}/{transport} by the crate");
                asked += 1;
            }
        }
        assert!(asked > 1_000, "only {asked} names");
    }

    #[test]
    fn agrees_on_tcp_ports_and_names() {
        agrees(Tcp, "agrees_on_tcp_ports_and_names");
    }

    #[test]
    fn agrees_on_udp_ports_and_names() {
        agrees(Udp, "agrees_on_udp_ports_and_names");
    }

    fn agrees(transport: Transport, test: &str) {
        if let Some(root) = std::env::var_os(ROOT) {
            return compare(transport, Path::new(&root));
        }
        if let Some(output) = run_with(&services(), test) {
            // A test that is not found is a success too.
            let ran = String::from_utf8_lossy(&output.stdout).contains(" 1 passed;");
            assert!(output.status.success() && ran, "{output:?}");
        }
    }

    #[test]
    fn comparison_finds_a_wrong_line() {
        if let Some(root) = std::env::var_os(ROOT) {
            return compare(Tcp, Path::new(&root));
        }
        let text = services();
        // Any line with an alias, any without, and a port without a line, whatever the registry has there.
        let fields = |line: &'static str| line.split(" # ").next().unwrap().split_whitespace().collect::<Vec<_>>();
        let text: &'static str = text.leak();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let tcp = |line: &&&'static str| fields(line)[1].ends_with("/tcp");
        let with_alias = lines.iter().filter(tcp).find(|line| fields(line).len() > 2).unwrap();
        let without = lines.iter().filter(tcp).find(|line| fields(line).len() == 2).unwrap();
        let [name, port, alias, ..] = fields(with_alias)[..] else { unreachable!() };
        let [only, other, ..] = fields(without)[..] else { unreachable!() };
        let has_line = |free: &String| lines.iter().any(|line| fields(line)[1] == *free);
        let free = (1..=u16::MAX).rev().map(|port| format!("{port}/tcp")).find(|free| !has_line(free)).unwrap();
        for (right, wrong, message) in [
            (with_alias, format!("{alias} {port} {name}"), format!("{port} by glibc")),
            (with_alias, format!("{name} {port}"), format!("{alias}/tcp by glibc")),
            (without, format!("no-such {other} {only}"), format!("{other} by glibc")),
            (without, format!("{only} {free}\n{without}"), format!("{only}/tcp by glibc")),
        ] {
            let spoilt = text.replacen(&format!("\n{right}\n"), &format!("\n{wrong}\n"), 1);
            assert_ne!(spoilt, text);
            let Some(output) = run_with(&spoilt, "comparison_finds_a_wrong_line") else { return };
            let err = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.code() == Some(101) && err.contains(&message), "{message}: {output:?}");
        }
    }
}
