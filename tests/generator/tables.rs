//! The generated tables, decoded from their text, against the XML that they were generated from.

use crate::checks::common::decoded::Decoded;
use crate::checks::common::{Random, oracle};
use crate::checks::generator::emit::File;
use crate::checks::tables::{decodes, generated};
use crate::reader::registry;
use std::fmt::Write;

/// The tables of a registry of these records, or what is wrong with it.
fn files(records: &str) -> Result<Vec<File>, String> {
    generated(registry(records).as_bytes())
}

fn many(count: usize, record: &dyn Fn(usize) -> String) -> String {
    (0..count).map(record).collect()
}

fn named(name: &str, ports: &str) -> String {
    format!("<record><name>{name}</name><number>{ports}</number><description/></record>")
}

#[test]
fn tables_decode_to_the_registry() {
    decodes(oracle::xml());
}

#[test]
fn a_registry_without_ports_or_names_is_decoded() {
    decodes(&registry(""));
    decodes(&registry("<record><description>Reserved</description></record>"));
}

/// Rows in any order, nested, overlapping and far apart.
#[test]
fn tables_decode_to_odd_registries() {
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
            let name = random.choose(&["", "", "", "", "a", "B", "c-3", "sd_2"]);
            let description = random.choose(&["Reserved", "Unassigned"]);
            let transport = random.choose(&["", "tcp", "udp", "sctp", "dccp"]);
            let ports = [format!("{start}-{end}"), start.to_string(), format!("{start}-{start}")];
            let ports = &ports[random.below(3)];
            let _ = write!(
                records,
                "<record date='2001-02-{:02}'><name>{name}</name><description>{description}</description>\
                 <protocol>{transport}</protocol><number>{ports}</number><xref type='person' data='P{}'/></record>",
                1 + number % 28,
                number % 40,
            );
        }
        decodes(&registry(&records));
    }
}

#[test]
fn narrowest_row_wins_then_the_first() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let row = |ports: &str| format!("<record><number>{ports}</number><description>Reserved</description></record>");
        let records: String = order.map(|place| row(["10-19", "12-15", "13-16"][place])).concat();
        decodes(&registry(&records));
    }
}

/// `name_by_port` relies on it. The embedded registry has no such port.
#[test]
fn a_named_row_comes_before_a_row_without_a_name() {
    let without_name = "<record><number>7</number><description>any private use</description></record>";
    for named in ["<name>n</name><description/>", "<name>n</name><description>d</description>"] {
        decodes(&registry(&format!("{without_name}<record><number>7</number>{named}</record>")));
    }
}

/// `port_by_name` relies on it. IANA's own file is in this order.
#[test]
fn rows_of_a_name_ascend_by_port() {
    let records = ["9", "3-5", "", "7", "3", ""].map(|ports| named("n", ports)).concat();
    decodes(&registry(&records));
    assert_eq!(Decoded::new(files(&records).unwrap()).names()["n"], [1, 4, 3, 0, 2, 5]);
}

#[test]
fn absent_values_take_no_room() {
    let record = "<record><name>a</name><description>d</description><xref type='person' data='P'/></record>";
    let files = files(record).unwrap();
    let (_, tables) = files.iter().find(|(name, _)| name == "tables.rs").unwrap();
    for column in ["CONTACTS", "REFERENCES", "UNAUTHORIZED", "NOTES"] {
        assert!(tables.contains(&format!("static {column}: Sparse<u16, 0> = Sparse([])")), "{column}");
    }
}

#[test]
fn the_index_takes_no_more_room_than_it_needs() {
    let sizes = |records: &str| Decoded::new(files(records).unwrap()).sizes();
    let rows = |count: usize| many(count, &|number| named(&format!("n{number}"), &number.to_string()));
    // Rows that follow one another are a list already.
    assert_eq!(sizes(&(named("a", "1") + &named("a", "15"))), (1, 0, "u8 u8 u8".to_owned()));
    // As many pages as there are up to the last port that a row covers.
    assert_eq!(sizes(&(named("a", "1") + &named("a", "16"))), (2, 0, "u8 u8 u8".to_owned()));
    // Rows of one name with another between them are a list of their own.
    assert_eq!(sizes(&(named("a", "1") + &named("b", "2") + &named("a", "3"))), (1, 2, "u8 u8 u8".to_owned()));
    assert_eq!(sizes(&(rows(200) + &named("n1", "300"))), (19, 2, "u8 u8 u8".to_owned()));
    assert_eq!([255, 256, 65_500].map(|count| sizes(&rows(count)).2), ["u8 u8 u8", "u16 u8 u8", "u16 u8 u8"]);
}

/// Rows of a port less than eight apart, and of a page less than 128 apart, are in no list of their own.
#[test]
fn nearby_rows_are_not_stored_twice() {
    let row = |name: &str, port: usize, transport: &str| {
        format!(
            "<record><name>{name}</name><protocol>{transport}</protocol><number>{port}</number><description/></record>"
        )
    };
    let others = |rows: std::ops::Range<usize>| -> String {
        rows.map(|number| named(&format!("n{number}"), &(1_000 + number).to_string())).collect()
    };
    let stored_again = |ports: [usize; 2], apart: usize| {
        let records = others(0..40) + &row("a", ports[0], "tcp") + &others(40..39 + apart) + &row("b", ports[1], "udp");
        Decoded::new(files(&records).unwrap()).sizes().1
    };
    assert_eq!([1, 5, 7, 8, 9, 40].map(|apart| stored_again([1, 1], apart)), [0, 0, 0, 2, 2, 2]);
    assert_eq!([1, 8, 127, 128, 129, 500].map(|apart| stored_again([1, 2], apart)), [0, 0, 0, 2, 2, 2]);
}

#[test]
fn equal_texts_are_stored_once() {
    let files = files(
        "<record><name>a</name><description>same</description></record>
         <record><name>b</name><description>same</description></record>
         <record><name>B2</name><description>other</description></record>",
    )
    .unwrap();
    let text = |name: &str| files.iter().find(|(file, _)| file == name).unwrap().1.as_str();
    assert_eq!(text("description.txt"), "sameother");
    assert_eq!(text("name.txt"), "abB2");
}

#[track_caller]
fn fails(records: &str, message: &str) {
    assert_eq!(files(records).unwrap_err(), message);
}

#[test]
fn too_many_rows_are_an_error() {
    fails(
        &many(256, &|number| named("n", &number.to_string())),
        "4: record 256: service name `n` has more than 255 records",
    );
    fails(
        &many(256, &|number| named(&format!("n{number}"), "7")),
        "4: record 256: port 7 is covered by more than 255 records",
    );
    fails(
        &many(20_000, &|number| named(&format!("n{number}"), &format!("{number}-{}", 65_535 - number))),
        "4: record 256: port 255 is covered by more than 255 records",
    );
    let nested = many(200, &|number| named(&format!("w{number}"), "0-65535"))
        + &many(6_000, &|number| named(&format!("n{number}"), &(9 * number).to_string()));
    fails(
        &nested,
        "4: record 200: too many overlapping records: summed over all ports where a record starts or ends, more than 400000",
    );
    // 154 records cover 2,589 places where one starts or ends, and every other place has one more: 400,000.
    let wide = |last: &str| {
        many(154, &|number| named(&format!("w{number}"), "0-65535"))
            + &many(1_294, &|number| named(&format!("n{number}"), &(2 * number + 1).to_string()))
            + &named("last", last)
    };
    assert!(files(&wide("")).is_ok());
    assert!(files(&wide("9999")).is_err_and(|error| error.contains("too many overlapping records")));
    decodes(&registry(&many(255, &|number| named("n", &number.to_string()))));
    decodes(&registry(&many(255, &|number| named(&format!("n{number}"), "7"))));
}

#[test]
fn too_many_or_too_long_texts_are_an_error() {
    fails(
        &many(16, &|number| {
            format!("<record><name>n{number}</name><description>{number}{}</description></record>", "x".repeat(5_000))
        }),
        "4: record 14: column DESCRIPTION: 16 successive texts have more bytes than the tables hold, 65535",
    );
    fails(
        &named(&"n".repeat(256), "1"),
        &format!("4: record 1: service name `{}` has 256 bytes; the tables hold at most 255", "n".repeat(256)),
    );
    decodes(&registry(&(named("n", "1") + &named(&"l".repeat(255), "2"))));
    // Two persons in each record, and one in the last.
    let persons = |records: usize, last: &str| {
        let record = |number: usize| {
            format!(
                "<record><description/><assignee><xref type='person' data='A{number}'/></assignee>\
                 <xref type='person' data='B{number}'/></record>"
            )
        };
        many(records, &record) + &format!("<record><description/><xref type='person' data='{last}'/></record>")
    };
    assert!(files(&persons(32_767, "C")).is_ok());
    fails(
        &(persons(32_767, "C") + &persons(0, "D")),
        "4: record 32769: column PERSON: more than 65535 different texts",
    );
    fails(
        &(named("a[", "1") + &named("a{", "2")),
        "4: record 2: two service names have the same 56-bit hash: `a[` and `a{`",
    );
}
