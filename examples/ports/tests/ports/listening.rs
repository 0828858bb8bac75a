//! `ports listening`, fed with files of known sockets, and on Linux with sockets of this test.

use crate::common::{self, skipped};
use crate::ports;
use std::path::{Path, PathBuf};

const HEADER: &str =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

const TCP: &str = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1217 1 0 100 0 0 10 0
   1: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1218 1 0 100 0 0 10 0
   2: 020200C0:01BB 507100CB:A332 01 00000000:00000000 00:00000000 00000000     0        0 47940 1 0 20 4 1 80 -1
   3: 00000000:1773 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1219 1 0 100 0 0 10 0
   4: 00000000:2457 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1220 1 0 100 0 0 10 0
   5: 00000000:0018 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1221 1 0 100 0 0 10 0
   6: 00000000:ffff 00000000:0000 0a 00000000:00000000 00:00000000 00000000     0        0 1222 1 0 100 0 0 10 0
   7: 00000000:0017 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1223 1 0 100 0 0 10 0
";

const TCP6: &str = "\
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
   1: 00000000000000000000000001000000:1C84 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
   2: 00000000000000000000000001000000:0025 00000000000000000000000001000000:0050 06 00000000:00000000 00:00000000
";

const UDP: &str = "\
   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  138: 3500007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 1300 2 0 0
  139: 00000000:245A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1301 2 0 0
  140: 00000000:C350 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1302 2 0 0
  141: 020200C0:007B 507100CB:007B 01 00000000:00000000 00:00000000 00000000     0        0 1303 2 0 0
  142: 020200C0:007C 507100CB:0000 07 00000000:00000000 00:00000000 00000000     0        0 1304 2 0 0
  143: 020200C0:007D 00000000:0001 07 00000000:00000000 00:00000000 00000000     0        0 1305 2 0 0
  144: 00000000:007E 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1306 2 0 0
";

const UDP6: &str = "\
   sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when
  138: 00000000000000000000000000000000:0222 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000
  139: 00000000000000000000000000000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000
";

const TABLE: &str = "\
PORT       SERVICE        DESCRIPTION
22/tcp     ssh            The Secure Shell (SSH) Protocol
24/tcp     -              any private mail system
53/udp     domain         Domain Name Server
80/tcp     http           World Wide Web HTTP
546/udp    dhcpv6-client  DHCPv6 Client
6003/tcp   x11            X Window System
7300/tcp   swx            The Swiss Exchange
9303/tcp   -              Unassigned
9306/udp   -              Reserved
50000/udp  -              Dynamic
65535/tcp  -              Dynamic
";

/// A folder of a test with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = common::folder(name);
    for (file, bytes) in files {
        std::fs::write(folder.join(file), bytes).unwrap();
    }
    folder
}

/// What the program does with this folder.
fn run(folder: &Path) -> (i32, String, String) {
    ports([Path::new("listening"), folder])
}

#[test]
fn the_table_holds_each_listening_port_once_and_in_order() {
    let files =
        [("tcp", TCP), ("tcp6", TCP6), ("udp", UDP), ("udp6", UDP6)].map(|(file, text)| (file, text.as_bytes()));
    let folder = folder("known", &files);
    assert_eq!(run(&folder), (0, TABLE.to_owned(), String::new()));
    let (status, out, _) = ports([Path::new("listening"), &folder, Path::new("--json")]);
    let listed: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert_eq!((status, listed.len()), (0, TABLE.lines().count() - 1));
    assert_eq!((&listed[0]["port_number"], &listed[0]["service_name"]), (&"22".into(), &"ssh".into()));
    assert!(listed.iter().all(|object| object.as_object().unwrap().len() == 14));
}

#[test]
fn missing_files_are_named() {
    let partial = folder("ipv4", &[("tcp", TCP.as_bytes()), ("udp", UDP.as_bytes())]);
    let (status, out, err) = run(&partial);
    let words = |text: &str| text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut ipv4: Vec<String> = words(TABLE);
    ipv4.retain(|line| !line.contains("DHCPv6") && !line.contains("swx"));
    assert_eq!((status, words(&out)), (0, ipv4));
    assert_eq!(err, format!("warning: {}: no tcp6, udp6, so the list may be incomplete\n", partial.display()));

    let quiet = folder("quiet", &["tcp", "tcp6", "udp", "udp6"].map(|file| (file, HEADER.as_bytes())));
    assert_eq!(run(&quiet), (1, String::new(), "no listening ports found\n".to_owned()));

    let empty = folder("empty", &[]);
    for nothing in [empty.clone(), empty.join("no-such-folder")] {
        let (status, out, err) = run(&nothing);
        let reason = "none of the files tcp, tcp6, udp and udp6 found";
        assert_eq!((status, out), (2, String::new()));
        assert_eq!(err, format!("error: {}: {reason}\n", nothing.display()));
    }
    std::fs::create_dir(empty.join("udp")).unwrap();
    let (status, out, err) = run(&empty);
    assert_eq!((status, out.as_str(), err.lines().count()), (2, "", 2), "{err}");
    assert!(err.starts_with(&format!("error: {}: ", empty.join("udp").display())), "{err}");
}

#[test]
fn odd_lines_are_counted_and_left_out() {
    const LINE: &str = "   0: 00000000:0016 00000000:0000 0A";
    // Whole up to the state, and everything shorter is no socket.
    let cut: Vec<&str> = (0..LINE.len()).map(|end| &LINE[..end]).collect();
    let mut odd: Vec<Vec<u8>> = cut.iter().map(|text| text.as_bytes().to_vec()).chain([b"\xe9".to_vec()]).collect();
    odd.extend(
        [
            "0: 00000000:+016 00000000:0000 0A",
            "0: 00000000:10016 00000000:0000 0A",
            "0: 0000000G:0016 00000000:0000 0A",
            "0: 0000000:0016 00000000:0000 0A",
            "0: 00000000:0016 00000000 0A",
            "0: 00000000:0016 00000000:0000 0AA",
            "0: 00000000:0016 00000000:0000 ＡA",
            "0: 00000000:é16 00000000:0000 0A",
            "cannot open",
            "\0",
        ]
        .map(|text| text.as_bytes().to_vec()),
    );
    let mut bytes = odd.join(&b'\n');
    bytes.extend_from_slice(b"\n   1: 00000000:0035 00000000:0000 0A");
    let files = [("tcp", bytes.as_slice()), ("tcp6", b""), ("udp", b"x"), ("udp6", b"")];
    let folder = folder("odd", &files);
    let (status, out, err) = run(&folder);
    assert_eq!((status, out.lines().count()), (2, 2), "{out}");
    assert!(out.ends_with("\n53/tcp  domain   Domain Name Server\n"), "{out}");
    let message = |file, count, first| {
        let path = folder.join(file);
        format!("error: {}: unrecognized lines: {count}, the first {first:?}\n", path.display())
    };
    assert_eq!(err, message("tcp", odd.len(), "") + &message("udp", 1, "x"));
}

#[cfg(not(target_os = "linux"))]
#[test]
fn sockets_of_this_process_are_listed() {
    skipped("that `ports listening` lists the sockets of this process", "Linux");
}

#[cfg(target_os = "linux")]
#[test]
fn sockets_of_this_process_are_listed() {
    use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};

    let sockets = || {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let receiver = UdpSocket::bind("127.0.0.1:0")?;
        let stream = TcpStream::connect(listener.local_addr()?)?;
        let connected = UdpSocket::bind("127.0.0.1:0")?;
        connected.connect(receiver.local_addr()?)?;
        std::io::Result::Ok((listener, receiver, stream, connected))
    };
    let Ok((listener, receiver, stream, connected)) = sockets() else {
        return skipped("that `ports listening` lists the sockets of this process", "loopback");
    };
    let port = |address: std::io::Result<SocketAddr>| address.unwrap().port();
    let (status, out, err) = ports(["listening"]);
    assert!(status == 0 && !err.contains("unrecognized lines"), "{status} {err}");
    let listed = |address: String| out.lines().filter(|line| line.split(' ').next() == Some(&address)).count();
    assert_eq!(listed(format!("{}/tcp", port(listener.local_addr()))), 1, "{out}");
    assert_eq!(listed(format!("{}/udp", port(receiver.local_addr()))), 1, "{out}");
    assert_eq!(listed(format!("{}/udp", port(connected.local_addr()))), 0, "{out}");
    assert_eq!(listed(format!("{}/tcp", port(stream.local_addr()))), 0, "{out}");
}
