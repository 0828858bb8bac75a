//! All 65,536 ports of a transport as an SVG map. A row is the high byte of the port number, a column the low byte, so
//! that the classes of ports are whole rows.

use crate::printable;
use iana_ports::{PortClass, PortRange, REGISTRY_SOURCE, Transport, lookup_port, port_status};

/// The classes, where the legend explains each, and the colours: status by hue, class by lightness.
const CLASSES: [(PortClass, u16, &[[&str; 2]]); 3] = [
    (PortClass::System, 10, &[["Assigned", "#08306b"], ["Reserved", "#8c2d04"], ["Unassigned", "#b4c0ce"]]),
    (PortClass::User, 260, &[["Assigned", "#3f8fc9"], ["Reserved", "#f08c2e"], ["Unassigned", "#eef1f5"]]),
    (PortClass::Dynamic, 664, &[["Dynamic", "#d9cfbc"]]),
];

/// Ports that many people know, the first of a range.
const LANDMARKS: [u16; 8] = [22, 53, 80, 443, 3306, 5432, 6000, 8080];

pub fn svg(transport: Transport) -> String {
    let (mut map, mut legend) = (String::new(), String::new());
    for (class, mut y, colours) in CLASSES {
        let range = class.range();
        let [top, bottom] = [range.start(), range.end()].map(|port| port / 256 * 3);
        legend += &format!("<g><path d='M776 {top}.5h5V{}.5h-5' fill='none' stroke='#52606d'/>\n", bottom + 2);
        legend += &format!("<text x='792' y='{y}' font-weight='600'>{class} Ports {range}</text>\n");
        for [status, colour] in colours {
            let ports: Vec<_> = range.iter().filter(|&port| port_status(port, transport).as_str() == *status).collect();
            map += &format!("<g stroke='{colour}'>\n{}</g>\n", bars(&ports, transport));
            y += 24;
            legend += &format!("<rect x='792' y='{}' width='16' height='16' rx='2' fill='{colour}'", y - 13);
            legend += &format!(" stroke='#52606d'/><text x='818' y='{y}'>{status}</text>");
            legend += &format!("<text x='950' y='{y}' text-anchor='end'>{}</text>\n", ports.len());
        }
        legend += "</g>\n";
    }
    page(transport, &map, &legend)
}

/// The parts together, with the axes and the landmarks.
fn page(transport: Transport, map: &str, legend: &str) -> String {
    let row = |row: u16| format!("<text x='-8' y='{}' text-anchor='end'>{}</text>\n", row * 3 + 5, row * 256);
    let column = |at: u16| format!("<text x='{}' y='784' text-anchor='middle'>+{at}</text>\n", at * 3 + 1);
    let axes: String = (0..256).step_by(16).map(row).chain((0..256).step_by(32).map(column)).collect();
    let landmarks: String = LANDMARKS.into_iter().filter_map(|port| landmark(port, transport)).collect();
    let (transport, source) = (transport.to_string().to_uppercase(), escaped(REGISTRY_SOURCE));
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1110 962' width='1110' height='962' role='img'
 aria-labelledby='title description' font-size='13' fill='#1f2933' font-family='system-ui, sans-serif'>
<title id='title'>Registration status of the 65,536 {transport} ports</title>
<desc id='description'>Each cell is a port, coloured by its class and its status in IANA's registry.</desc>
<rect width='100%' height='100%' fill='#fff'/>
<text x='80' y='44' font-size='25' font-weight='600'>Registration status of the 65,536 {transport} ports</text>
<text x='80' y='70' fill='#52606d'>Row + column = port. A port is registered for a service; anything can use it.</text>
<g transform='translate(80 118)'>
<g id='map' transform='scale(3)' shape-rendering='crispEdges'>{map}</g>
<g id='legend' stroke-width='.5'>{legend}</g>
<g id='axes' font-size='11' fill='#52606d'>{axes}</g>
<g id='landmarks' pointer-events='none' font-size='12' font-weight='600' paint-order='stroke'>{landmarks}</g></g>
<text x='80' y='938' font-size='11' fill='#52606d'>{source}</text>
</svg>
"
    )
}

/// A path for each run of ports with the same status, with the names of their services or the status.
fn bars(ports: &[u16], transport: Transport) -> String {
    let status = |port: u16| port_status(port, transport);
    let bars = ports.chunk_by(|&port, &next| port + 1 == next && status(port) == status(next));
    let bar = |ports: &[u16]| {
        let rows = ports.chunk_by(|port, next| port / 256 == next / 256);
        let path: String = rows.map(|row| format!("M{} {}.5h{}", row[0] % 256, row[0] / 256, row.len())).collect();
        let range = PortRange::new(ports[0], ports[ports.len() - 1]).map_or(String::new(), |range| range.to_string());
        let names: Vec<_> = lookup_port(ports[0], transport).iter().filter_map(|entry| entry.service_name()).collect();
        let label = if names.is_empty() { status(ports[0]).to_string() } else { names.join(", ") };
        format!("<path d='{path}'><title>{range}/{transport} {}</title></path>\n", escaped(&label))
    };
    bars.map(bar).collect()
}

/// A ring around the ports of a service, and its name above the map or beside the ring, where there is room.
fn landmark(port: u16, transport: Transport) -> Option<String> {
    let entry = lookup_port(port, transport).first()?;
    let (name, ports) = (escaped(entry.service_name()?), entry.ports()?);
    let (x, y, width) = (i32::from(port % 256) * 3, i32::from(port / 256) * 3, ports.len() as i32 * 3);
    let (text_x, text_y, anchor) = match (x, y) {
        (_, ..6) => (x + width / 2, -12, "middle"),
        (..600, _) => (x + width + 9, y + 6, "start"),
        _ => (x - 9, y + 6, "end"),
    };
    let ring = format!("<rect x='{}' y='{}' width='{}' height='11' rx='5' fill='none'", x - 4, y - 4, width + 8);
    let rings = format!("{ring} stroke='#fff' stroke-width='4'/>{ring} stroke='#1f2933' stroke-width='1.5'/>");
    let label = format!("x='{text_x}' y='{text_y}' text-anchor='{anchor}' stroke='#fff' stroke-width='4'");
    Some(format!("{rings}<text {label} stroke-linejoin='round'>{ports} {name}</text>\n"))
}

pub fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
