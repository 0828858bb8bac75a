//! The generated tables, decoded from their text, against the XML that they were generated from.

#[path = "fuzz/checks/tables.rs"]
mod checks;
mod common;

use checks::build_script::{emit, model, xml};
use checks::decodes;
use common::{Random, oracle};
use std::fmt::Write;

fn files(source: &str) -> Result<Vec<emit::File>, String> {
    let registry = xml::read(source.as_bytes()).unwrap();
    let model = model::check(&registry).unwrap();
    emit::emit(&model)
}

/// A registry of these records.
fn registry(records: &str) -> String {
    format!(
        "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\
         <updated>2020-02-29</updated>{records}</registry>"
    )
}

#[test]
fn the_registry_is_decoded_as_it_was() {
    decodes(&oracle::xml());
}

#[test]
fn a_registry_without_ports_or_names_is_decoded() {
    decodes(&registry(""));
    decodes(&registry("<record><description>Reserved</description></record>"));
}

/// Rows in any order that overlap, nest, and stand far apart.
#[test]
fn odd_registries_are_decoded_as_they_were() {
    let mut random = Random::new(0x6f64_6473);
    for rows in [1, 3, 40, 1000] {
        let mut records = String::new();
        for number in 0..rows {
            let start = match random.below(3) {
                0 => random.below(1 << 16),
                1 => random.below(40),
                _ => (1 << 16) - 1 - random.below(20),
            };
            let end = (start + random.choose(&[0, 0, 0, 1, 15, 16, 700, 1 << 16])).min((1 << 16) - 1);
            let name = ["", "Reserved", "Unassigned"].map(|status| match status {
                "" => format!("<name>{}</name><description>d</description>", random.choose(&["a", "B", "c-3", "sd_2"])),
                status => format!("<description>{status}</description>"),
            });
            let [transport, ports] = [
                random.choose(&["", "tcp", "udp", "sctp", "dccp"]).to_owned(),
                random
                    .choose(
                        &[format!("{start}-{end}"), start.to_string(), format!("{start}-{start}")]
                            .each_ref()
                            .map(String::as_str),
                    )
                    .to_owned(),
            ];
            let _ = write!(
                records,
                "<record date='2001-02-{:02}'>{}<protocol>{transport}</protocol><number>{ports}</number>\
                 <xref type='person' data='P{}'/></record>",
                1 + number % 28,
                random.choose(&name.each_ref().map(String::as_str)),
                number % 40,
            );
        }
        decodes(&registry(&records));
    }
}

#[test]
fn a_narrower_row_counts_wherever_it_stands_and_the_first_of_equals() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let row = |ports: &str| format!("<record><number>{ports}</number><description>Reserved</description></record>");
        let records: String = order.map(|place| row(["10-19", "12-15", "13-16"][place])).concat();
        decodes(&registry(&records));
    }
}

#[test]
fn equal_texts_are_stored_once() {
    let files = files(&registry(
        "<record><name>a</name><description>same</description></record>
         <record><name>b</name><description>same</description></record>
         <record><name>B2</name><description>other</description></record>",
    ));
    let text = |name: &str| files.as_ref().unwrap().iter().find(|(file, _)| file == name).unwrap().1.as_str();
    assert_eq!(text("description.txt"), "sameother");
    assert_eq!(text("name.txt"), "abB2");
}

#[track_caller]
fn fails(records: &str, message: &str) {
    assert_eq!(files(&registry(records)).unwrap_err(), message);
}

#[test]
fn what_the_tables_cannot_hold_is_an_error() {
    let many = |count: usize, record: &dyn Fn(usize) -> String| (0..count).map(record).collect::<String>();
    let named =
        |name: &str, ports: &str| format!("<record><name>{name}</name><number>{ports}</number><description/></record>");
    fails(
        &many(256, &|number| named("n", &number.to_string())),
        "service name `n` has 256 records; the tables hold at most 255",
    );
    fails(
        &many(256, &|number| named(&format!("n{number}"), "7")),
        "port 7 is covered by 256 records; the tables hold at most 255",
    );
    fails(
        &many(20_000, &|number| named(&format!("n{number}"), &format!("{number}-{}", 65_535 - number))),
        "port 255 is covered by 256 records; the tables hold at most 255",
    );
    let nested = many(200, &|number| named(&format!("w{number}"), "0-65535"))
        + &many(6_000, &|number| named(&format!("n{number}"), &(9 * number).to_string()));
    fails(
        &nested,
        "records overlap on too many ports: over all ports where one starts or ends, more than 400000 cover them",
    );
    fails(
        &many(16, &|number| {
            format!("<record><name>n{number}</name><description>{number}{}</description></record>", "x".repeat(5_000))
        }),
        "16 successive texts of the column DESCRIPTION have more bytes than the tables hold, 65535",
    );
    fails(
        &(named("a[", "1") + &named("a{", "2")),
        "two service names have the same 56-bit number in the name map: `a[` and `a{`",
    );
}
