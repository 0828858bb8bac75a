//! Draws all 65,536 ports of a transport as an SVG map, coloured by status and class.
//!
//! ```sh
//! cargo run --example port_map -- tcp > map.svg
//! ```
//!
//! A row is the high byte of the port number, a column the low byte. In this layout the classes are whole rows (4 of
//! System Ports, 188 of User Ports, 64 of Dynamic Ports), and a block of adjacent ports is a bar.

use iana_ports::{PortClass, PortStatus, REGISTRY_SOURCE, Transport, port_status};
use std::io::{self, Write};
use std::process::ExitCode;

/// What a cell of the map can tell, and its colour: status by hue, class by lightness. Any two colours are more than
/// 12 apart in CIEDE2000, also to eyes that lack the red, the green or the blue cones.
const KINDS: [(&str, &str); 7] = [
    ("Assigned System Ports", "#08306b"),
    ("Assigned User Ports", "#3f8fc9"),
    ("Reserved System Ports", "#8c2d04"),
    ("Reserved User Ports", "#f08c2e"),
    ("Unassigned System Ports", "#b4c0ce"),
    ("Unassigned User Ports", "#eef1f5"),
    ("Dynamic Ports", "#d9cfbc"),
];

/// The side of a cell, and the edges of the map, in pixels.
const CELL: u32 = 3;
const LEFT: u32 = 96;
const TOP: u32 = 134;
const RIGHT: u32 = LEFT + 256 * CELL;
const BOTTOM: u32 = TOP + 256 * CELL;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let transport = match arguments.as_slice() {
        [] => Ok(Transport::Tcp),
        [name] => name.to_string_lossy().parse().map_err(|error| format!("port_map: {error}")),
        _ => Err("usage: port_map [tcp|udp|sctp|dccp]".to_owned()),
    };
    let written = transport.and_then(|transport| match io::stdout().write_all(svg(transport).as_bytes()) {
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| format!("port_map: {error}")),
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// The place in [`KINDS`].
fn kind(port: u16, transport: Transport) -> usize {
    let user = usize::from(PortClass::of(port) != PortClass::System);
    match port_status(port, transport) {
        PortStatus::Assigned(_) => user,
        PortStatus::Reserved(_) => 2 + user,
        PortStatus::Unassigned(_) => 4 + user,
        PortStatus::Dynamic => 6,
    }
}

fn svg(transport: Transport) -> String {
    let (mut runs, mut counts) = (KINDS.map(|_| String::new()), KINDS.map(|_| 0));
    for row in 0..=u8::MAX {
        let kinds: Vec<_> = (0..=u8::MAX).map(|column| kind(u16::from_be_bytes([row, column]), transport)).collect();
        let mut column = 0;
        for run in kinds.chunk_by(|left, right| left == right) {
            runs[run[0]] += &format!("M{column} {row}.5h{}", run.len());
            counts[run[0]] += run.len();
            column += run.len();
        }
    }
    let mut map = String::new();
    let mut legend = String::new();
    for (place, (label, colour)) in KINDS.into_iter().enumerate() {
        let (runs, count) = (&runs[place], thousands(counts[place]));
        map += &format!("<path stroke=\"{colour}\" d=\"{runs}\"><title>{label}: {count}</title></path>\n");
        let (x, y) = (RIGHT + 24, TOP + 60 + 26 * place as u32);
        legend += &format!(
            r##"<g><rect x="{x}" y="{y}" width="16" height="16" rx="2" fill="{colour}" stroke="#52606d" stroke-width=".5"/>
<text x="{}" y="{}">{label}</text><text x="{}" y="{}" text-anchor="end">{count}</text></g>
"##,
            x + 26,
            y + 13,
            x + 250,
            y + 13,
        );
    }
    let (width, height) = (RIGHT + 296, BOTTOM + 56);
    let transport = transport.to_string().to_uppercase();
    let source = REGISTRY_SOURCE.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"
 role="img" aria-labelledby="title description" font-size="13" fill="#1f2933"
 font-family="system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif">
<title id="title">Registration status of the 65,536 {transport} ports</title>
<desc id="description">A map of 256 rows and 256 columns. Each cell is a port number, coloured by its status and its
class in IANA's registry. A legend gives the number of ports of each colour.</desc>
<rect width="{width}" height="{height}" fill="#fff"/>
<text x="{LEFT}" y="44" font-size="25" font-weight="600">Registration status of the 65,536 {transport} ports</text>
<text x="{LEFT}" y="70" fill="#52606d">Each cell is a port: the number at its row plus the number at its column.
 A port is registered for a service; anything can use it.</text>
{axes}<g id="map" transform="translate({LEFT} {TOP}) scale({CELL})" shape-rendering="crispEdges">
{map}</g>
<g id="legend">
{legend}</g>
<text x="{LEFT}" y="{source_y}" font-size="11" fill="#52606d">{source}</text>
</svg>
"##,
        axes = axes(),
        source_y = BOTTOM + 34,
    )
}

fn axes() -> String {
    let middle = (TOP + BOTTOM) / 2;
    let mut axes = format!(
        r##"<g font-size="11" fill="#52606d" text-anchor="middle">
<text x="{}" y="{}">low byte of the port number</text>
<text transform="translate(28 {middle}) rotate(-90)">high byte of the port number × 256</text>
"##,
        (LEFT + RIGHT) / 2,
        TOP - 32,
    );
    for column in (0..256).step_by(32) {
        let (x, line, text) = (LEFT + column * CELL, TOP - 8, TOP - 13);
        axes +=
            &format!("<path d=\"M{x}.5 {line}v6\" stroke=\"#9aa5b1\"/><text x=\"{x}\" y=\"{text}\">+{column}</text>\n");
    }
    axes += "</g>\n<g font-size=\"11\" fill=\"#52606d\" text-anchor=\"end\">\n";
    for row in (0..256).step_by(16) {
        let (y, line, text) = (TOP + row * CELL, LEFT - 8, LEFT - 12);
        axes += &format!("<path d=\"M{line} {y}.5h6\" stroke=\"#9aa5b1\"/>");
        axes += &format!("<text x=\"{text}\" y=\"{}\">{}</text>\n", y + 4, row * 256);
    }
    axes += "</g>\n";
    for class in [PortClass::System, PortClass::User, PortClass::Dynamic] {
        let range = class.range();
        let row = |port: u16| TOP + u32::from(port / 256) * CELL;
        let (line, text) = (RIGHT + 8, RIGHT + 24);
        let (start, end) = (row(range.start()) + 1, row(range.end()) + CELL - 1);
        let y = (start + end) / 2 + 5;
        axes += &format!(
            r##"<path d="M{line} {start}h5V{end}h-5" fill="none" stroke="#52606d"/><text x="{text}" y="{y}"><tspan
 font-weight="600">{class} Ports</tspan> <tspan fill="#52606d">{range}</tspan></text>
"##
        );
    }
    axes
}

/// With a comma before the last three digits; the counts are below a million.
fn thousands(count: usize) -> String {
    if count < 1000 { count.to_string() } else { format!("{},{:03}", count / 1000, count % 1000) }
}
