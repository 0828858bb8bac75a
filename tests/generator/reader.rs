//! The generator's modules with small texts, good and bad.

use crate::checks::common::{folder, oracle, skipped};
use crate::checks::generator::encoding::{EntryStatus, Transport};
use crate::checks::generator::model::{self, Doubt, Model, Row};
use crate::checks::generator::{emit, error, generate, schema};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A registry with these records, the first of which starts on line 4.
pub fn registry(records: &str) -> String {
    format!(
        "<?xml version='1.0'?>\n\
         <registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n\
         <updated>2020-02-29</updated>\n\
         {records}</registry>\n"
    )
}

/// The model borrows from its source, which is left in memory for the test that wants it.
fn read(source: &str) -> Result<Model<'static>, error::Error> {
    let registry = schema::read(Box::leak(Box::<str>::from(source)).as_bytes())?;
    model::check(Box::leak(Box::new(registry)))
}

/// What is doubtful in the rows.
fn doubts(model: &Model) -> Vec<String> {
    let of_rows = model.doubts.iter().filter(|doubt| !matches!(doubt, Doubt::Incomplete));
    of_rows.map(|doubt| model.explain(doubt).to_string()).collect()
}

fn row(record: &str) -> Row<'static> {
    let mut model = read(&registry(record)).unwrap();
    assert_eq!((model.rows.len(), doubts(&model).len()), (1, 0));
    model.rows.remove(0)
}

/// The row of a record with a name, a description and these elements.
fn described(elements: &str) -> Row<'static> {
    row(&format!("<record><name>n</name><description>d</description>{elements}</record>"))
}

#[track_caller]
fn fails(source: &str, message: &str) {
    let error = read(source).map(|model| model.rows.len()).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[track_caller]
fn record_fails(elements: &str, message: &str) {
    let error = format!("4: record 1: {message}");
    fails(&registry(&format!("<record><description>d</description>{elements}</record>\n")), &error);
}

#[test]
fn elements_come_in_any_order_and_texts_are_folded() {
    let row = row("<record updated=\"2021-03\" date='2020-12-31'>
        <note>\tOne<br/>two <xref type=\"rfc\" data=\"rfc2119\"/>,<paragraph>three</paragraph><artwork> four</artwork></note>
        <xref type=\"person\" data=\"A_B\"/><number>6000-6063</number>
        <!-- a comment --><sc>1145656131</sc><?pi?>
        <xref type=\"rfc\" data=\"rfc867\"/><xref type=\"text\">a  sentence
        over lines</xref><unauthorized>&#x55;se &lt;of&gt; &amp; it</unauthorized><protocol>udp</protocol>
        <name>x-11</name><description><![CDATA[<X> ]]>W\u{a0}\u{a0}s</description></record>");
    assert_eq!(row.name, Some(0));
    assert_eq!((row.ports(), row.transport), (Some((6000, 6063)), Some(Transport::Udp)));
    assert_eq!(row.description, "<X> W\u{a0}\u{a0}s");
    assert_eq!(row.notes, "One two [RFC2119], three four");
    assert_eq!(row.unauthorized, "Use <of> & it");
    assert_eq!(row.service_code, Some(1_145_656_131));
    assert_eq!((&*row.assignees, &*row.contacts), ("A_B", "A_B"));
    assert_eq!(row.references, "R867\nTa sentence over lines");
    assert_eq!(row.registered, Some(50 << 9 | 12 << 5 | 31));
    assert_eq!(row.modified, Some(51 << 9 | 3 << 5));
}

#[test]
fn an_empty_name_is_none_and_an_empty_assignee_element_means_no_assignees() {
    let row = row("<record><name/><protocol/><number>9</number><description>Reserved</description><assignee/>
        <xref type='person' data='A'/><xref type='person' data='B'/></record>");
    assert_eq!((row.name, row.transport, row.status), (None, None, EntryStatus::Reserved));
    assert_eq!((&*row.assignees, &*row.contacts), ("", "A\nB"));
}

#[test]
fn assignees_of_any_kind_are_kept() {
    let row = described(
        "<assignee><xref type='person' data='A'/><xref type='rfc' data='rfc1'/></assignee>
         <xref type='person' data='B'/><xref type='rfc' data='rfc2'/>",
    );
    assert_eq!((&*row.assignees, &*row.contacts, &*row.references), ("A\nRFC1", "B", "R2"));
}

#[test]
fn references_are_encoded_by_kind() {
    let references = described(
        "<xref type='rfc' data='rfc8765'>RFC8765, Section 6.1</xref><xref type='bcp' data='bcp14'/>
         <xref type='std' data='std90'/><xref type='draft' data='draft-a-00'/><xref type='uri' data='http://a/'/>
         <xref type='uri' data='http://a/'>TR-352</xref><xref type='note' data='1'/><xref type='rfc' data='rfc1'>see</xref>
         <xref type='rfc-errata' data='1912'/><xref type='rfc' data='rfc0768'/><xref type='uri'>a book</xref><xref type='rfc' data='rfc99999999999'/>
         <xref type='draft' data='draft-a-00'>a draft</xref><xref type='note' data='1'>a note</xref>
         <xref type='bcp' data='bcp14'>BCP14, Section 2</xref><xref type='std' data='std90'>STD90, Section 3</xref>",
    )
    .references;
    assert_eq!(
        references.split('\n').collect::<Vec<_>>(),
        [
            "R8765\tSection 6.1",
            "B14",
            "S90",
            "Ddraft-a-00",
            "Uhttp://a/",
            "Uhttp://a/\tTR-352",
            "N1",
            "Tsee",
            "T1912",
            "TRFC0768",
            "Ta book",
            "TRFC99999999999",
            "Ta draft",
            "Ta note",
            "TBCP14, Section 2",
            "TSTD90, Section 3",
        ]
    );
}

#[test]
fn descriptions_give_the_status() {
    let status = |description: &str| {
        row(&format!("<record><number>9</number><description>{description}</description></record>")).status
    };
    // Those of IANA's file are compared in tests/library/entry.rs.
    for reserved in ["De-Registered", "IANA Reserved"] {
        assert_eq!(status(reserved), EntryStatus::Reserved, "{reserved}");
    }
    let named = row("<record><name>sua</name><number>9</number><description>De-Registered</description></record>");
    assert_eq!(named.status, EntryStatus::Assigned);
}

#[test]
fn unknown_status_is_reported_and_not_unassigned() {
    for description in ["Unassigned but kept for X", "unreserved", "UNASSIGNED", "", "Lent out"] {
        let record = format!("<record><number>9</number><description>{description}</description></record>");
        let model = read(&registry(&record)).unwrap();
        assert_eq!(model.rows[0].status, EntryStatus::Assigned);
        assert_eq!(
            doubts(&model),
            [format!(
                "4: record 1: unknown status `{description}` of a row without a service name: treated as Assigned"
            )]
        );
    }
    let model = read(&registry("<record><description>Reserved</description></record>")).unwrap();
    assert_eq!(model.rows[0].status, EntryStatus::Reserved);
    assert_eq!(doubts(&model), ["4: record 1: neither a service name nor a port number; no look-up finds the row"]);
}

#[test]
fn alias_notes_become_links() {
    let model = read(&registry(
        "<record><name>a_b</name><description>d</description>
           <note>\u{e9} This entry is an alias to \"A-B\".<br/>This entry is now historic, not usable</note></record>
         <record><name>a-b</name>
           <description>\u{e9}\u{e9} IANA assigned this well-formed service name as a replacement for \"a_b\".</description></record>",
    ))
    .unwrap();
    assert_eq!(model.names, ["a_b", "a-b"]);
    let [old, new] = model.rows.as_slice() else { panic!("two rows") };
    assert_eq!((old.alias_of, old.replaces, old.historic), (Some(1), None, true));
    assert_eq!((new.alias_of, new.replaces, new.historic), (None, Some(0), false));
}

#[test]
fn a_note_that_names_no_service_is_a_warning_and_no_link() {
    for note in ["", "\"gone\".", "a.", "\"a", "the service a."] {
        let model = read(&registry(&format!(
            "<record><name>a</name><description>d</description><note>This entry is an alias to {note}</note></record>
             <record><name>b</name><description>IANA assigned this well-formed service name as a replacement for {note}
             </description></record>"
        )))
        .unwrap();
        assert_eq!((model.rows[0].alias_of, model.rows[1].replaces), (None, None), "{note}");
        assert_eq!(
            doubts(&model),
            [
                "4: record 1: `This entry is an alias to` is not followed by a quoted service name of this registry: the alias is not linked",
                "5: record 2: `IANA assigned this well-formed service name as a replacement for` is not followed by a quoted service name of this registry: the alias is not linked",
            ]
        );
    }
}

#[test]
fn source_has_the_date_and_the_amendments() {
    assert_eq!(read(&registry("")).unwrap().source, "registry file dated 2020-02-29");
    let amended =
        registry("<note title='Amendments'>Some  ports\n\"were\" amended.</note><note title='More'>Read me.</note>");
    assert_eq!(read(&amended).unwrap().source, "registry file dated 2020-02-29. Some ports \"were\" amended.");
}

#[test]
fn no_record_is_skipped_and_no_note_is_replaced() {
    let amendments = "<note title='Amendments'>a</note>";
    fails(&registry(&amendments.repeat(2)), "4: duplicate <note title=\"Amendments\"> in <registry>");
    for (start, element) in [("<category>", "category"), ("<footnote><p>", "footnote"), ("<note title='a'>", "note")] {
        let hidden = registry(&format!("{start}<record><description/></record>"));
        fails(&hidden, &format!("4: unexpected element <record> in <{element}>"));
    }
}

#[test]
fn a_file_that_is_not_the_registry_stops_the_build() {
    const EXPECTED: &str = "expected <registry> with id=\"service-names-port-numbers\", IANA's XML of the registry";
    fails("", &format!("1: the file holds no XML element; {EXPECTED}"));
    fails("Service Name,Port Number\n", &format!("1: the file is not XML; {EXPECTED}"));
    fails(
        "<!DOCTYPE html>\n<html><body></body></html>",
        &format!("1: found a document type declaration (DTD); {EXPECTED}"),
    );
    fails(
        "<registry xmlns='http://www.iana.org/assignments' id='protocol-numbers'></registry>",
        "1: <registry> has id \"protocol-numbers\"; expected \"service-names-port-numbers\"",
    );
    fails(
        "<registry id='service-names-port-numbers'></registry>",
        "1: <registry> has xmlns \"\"; expected \"http://www.iana.org/assignments\"",
    );
    fails(
        "<!DOCTYPE registry [<!ENTITY a 'b'>]>\n<registry/>",
        &format!("1: found a document type declaration (DTD); {EXPECTED}"),
    );
    fails(&format!("{}<more/>", registry("")), "5: expected nothing after </registry>");
    fails(&registry("<range/>"), "4: unexpected element <range> in <registry>");
    fails(&registry("\n\nloose\ntext"), "6: unexpected text in <registry>");
    fails(&format!("\u{feff}{}", registry("<range/>")), "4: unexpected element <range> in <registry>");
    fails(
        &registry("").replace("2020-02-29", "2021-02-29"),
        "3: invalid <updated> `2021-02-29`: expected YYYY-MM-DD, from 1970 to 2097",
    );
    fails(
        &registry("").replace("2020-02-29", "2020-02"),
        "3: invalid <updated> `2020-02`: expected YYYY-MM-DD, from 1970 to 2097",
    );
    fails(
        &registry("").replace("<updated>2020-02-29</updated>", ""),
        "4: missing <updated>, the release date, in <registry>",
    );
    fails(&registry("<updated>2020-02-29</updated>"), "4: unexpected element <updated> in <registry>");
    let ends_inside = |text: &str, element: &str| {
        fails(registry(text).strip_suffix("</registry>\n").unwrap(), &format!("4: {element}"));
    };
    ends_inside("", "the file ends inside <registry>");
    ends_inside("<people>", "the file ends inside <people>");
    ends_inside("<record>", "record 1: the file ends inside <record>");
    ends_inside("<record><name>a", "record 1: the file ends inside <name>");
}

#[test]
fn a_truncated_file_stops_the_build_wherever_it_ends() {
    let whole = registry(
        "<record date=\"2020-01\"><name>a</name><xref type=\"rfc\" data=\"rfc1\">x</xref>
        <assignee><xref type=\"person\" data=\"P\"/></assignee><description>a &amp; b<br/></description></record>
        <people><person id=\"P\"><name>P</name></person></people>",
    );
    let end = whole.trim_end().len();
    assert!(read(&whole).is_ok());
    for length in (0..end).filter(|&length| whole.is_char_boundary(length)) {
        assert!(read(&whole[..length]).is_err(), "{length}: {}", &whole[..length]);
    }
}

#[test]
fn errors_name_the_record() {
    fails(
        &registry("<record><description/></record>\n<record>\n<name>a</name>\n</record>\n"),
        "7: record 2: expected a <description> in <record>",
    );
    record_fails("<port>1</port>", "unexpected element <port> in <record>");
    record_fails("<description>e</description>", "duplicate <description> in one <record>");
    record_fails("<name>a</name><name>a</name>", "duplicate <name> in one <record>");
    record_fails("<name><b>a</b></name>", "unexpected element <b> in <name>");
    record_fails("<name>a&nbsp;b</name>", "unknown entity &nbsp;");
    record_fails("<name>a&#1;b</name>", "control character U+0001");
    record_fails("<name>a\u{1b}b</name>", "control character U+001B");
    record_fails("<name>a\u{c}b</name>", "control character U+000C");
    record_fails("<xref type='uri' data='\0'/>", "control character U+0000");
    record_fails("<name xmlns='x'>a</name>", "unexpected attribute xmlns of <name>");
    fails(
        &registry("<record><description/><name>&a\ncargo::error=x;</name></record>"),
        "4: record 1: unknown entity &a\\ncargo::error=x;",
    );
    let error = read(&registry(&format!("<record><description/><number>{}</number></record>", "é".repeat(9_999))));
    assert!((300..450).contains(&error.unwrap_err().to_string().chars().count()));
    record_fails("<xref data='rfc1'/>", "unexpected type \"\" of <xref>");
    record_fails("<xref type='rfc'/>", "expected data or text in <xref>");
    record_fails("<xref type='book' data='1'/>", "unexpected type \"book\" of <xref>");
    record_fails("<xref type='text'><xref type='text' data='a'/></xref>", "unexpected element <xref> in <xref>");
    record_fails("<assignee><org/></assignee>", "unexpected element <org> in <assignee>");
    fails(&registry("<record id='1'><description/></record>"), "4: record 1: unexpected attribute id of <record>");
}

#[test]
fn invalid_values_are_errors() {
    for number in
        ["65536", "-1", "+1", "2-1", "1-", "-", "1-2-", "1-2-3", "1,2", "0x10", "1 - 2", "99999999999999999999"]
    {
        record_fails(
            &format!("<number>{number}</number>"),
            &format!("invalid port number `{number}`: expected N or N-M, where N <= M <= 65535"),
        );
    }
    record_fails("<protocol>TCP</protocol>", "unknown transport protocol `TCP`: expected tcp, udp, sctp or dccp");
    record_fails("<sc>4294967296</sc>", "invalid service code `4294967296`: expected a 32-bit number");
    let invalid = "2020 2020-1 2020-13 2020-00 2020-02-30 2020-01-00 2020-01-01-01 1969-12 2098-01 20-01-01";
    for date in invalid.split(' ') {
        fails(
            &registry(&format!("<record date='{date}'><description/></record>")),
            &format!("4: record 1: invalid date `{date}`: expected YYYY-MM or YYYY-MM-DD, from 1970 to 2097"),
        );
    }
    fails(
        &registry("<record><name>HTTP</name><description/></record>\n<record><name>http</name><description/></record>"),
        "5: record 2: service name `http` differs from `HTTP` of an earlier record only in case",
    );
}

#[test]
fn malformed_xml_is_an_error_with_its_line() {
    let malformed = |elements: &str, reason: &str| record_fails(elements, &format!("not well-formed XML: {reason}"));
    malformed("<xref type='rfc data='rfc1'/><name>o'a</name>", "< in the tag <xref>");
    malformed("<xref type=rfc data='rfc1'/>", "position 10: attribute value must be enclosed in `\"` or `'`");
    malformed("<xref type='rfc' type='rfc'/>", "position 16: duplicated attribute, previous declaration at position 5");
    malformed("<xref type='text' data='&eacute;'/>", "at 1..7: unrecognized entity `eacute`");
    malformed("<!-- a -- b -->", "ill-formed document: forbidden string `--` was found in a comment");
    malformed("<name>a</record>", "ill-formed document: expected `</name>`, but `</record>` was found");
    record_fails("<assignee a='1'/>", "unexpected attribute a of <assignee>");
    let unquoted = "not well-formed XML: position 11: attribute value must be enclosed in `\"` or `'`";
    fails(&registry("<note title=Amendments>a</note>"), &format!("4: {unquoted}"));
    fails(&registry("<note titel='Amendments'>a</note>"), "4: unexpected attribute titel of <note>");

    let skipped =
        |content: &str, error: &str| fails(&registry(&format!("<people>\n<person>{content}</person></people>")), error);
    skipped("\n<!DOCTYPE a>", "6: unexpected markup in <people>");
    skipped("<a b='\n<'/>", "5: not well-formed XML: < in the tag <a>");
    skipped(
        "</people>",
        "5: not well-formed XML: ill-formed document: expected `</person>`, but `</people>` was found",
    );

    let declared = |declaration: &str| read(&registry("").replace("<?xml version='1.0'?>", declaration));
    let latin = declared("<?xml version='1.0' encoding='latin1'?>").unwrap_err();
    assert_eq!(latin.to_string(), "1: the encoding is latin1; expected UTF-8");
    for declaration in ["", "\u{feff}", "\u{feff}\u{feff}", "\u{feff}<?xml version=\"1.0\" encoding='utf-8' ?>"] {
        assert!(declared(declaration).is_ok(), "{declaration}");
    }
}

/// Cargo trims the line that names the file to watch.
#[test]
fn path_that_cargo_cannot_watch_is_rejected() {
    let expected = "expected a path in UTF-8 without control characters or white space at its end";
    let error = |path: String| generate(Path::new(&path), "", Path::new("")).unwrap_err();
    assert_eq!(error("a\ncargo::error=b".to_owned()), format!("a\\ncargo::error=b: {expected}"));
    assert_eq!(error("a.xml ".to_owned()), format!("a.xml : {expected}"));
    for space in ["a0", "1680", "2003", "2028", "3000"] {
        let character = char::from_u32(u32::from_str_radix(space, 16).unwrap()).unwrap();
        assert_eq!(error(format!("a.xml{character}")), format!("a.xml\\u{{{space}}}: {expected}"));
    }
}

#[test]
fn long_path_is_shortened_in_errors() {
    let path = "folder/".repeat(500) + "registry.xml";
    let error = generate(Path::new(&path), "", Path::new("")).unwrap_err();
    assert!(error.starts_with(&path[..299]) && error.ends_with(&schema::expected()), "{error}");
    assert!(error.chars().count() < 800, "{error}");
}

#[test]
fn messages_are_one_line_of_bounded_length() {
    assert_eq!(error::message("a\u{202e}b\u{2028}c\u{9b}", 800), "a\\u{202e}b\\u{2028}c\\u{9b}");
    assert_eq!(error::message("cafe\u{301}", 5), "cafe\u{301}");
    assert_eq!(error::message("a\ncargo::error=b\r\u{85}é\"\\", 99), "a\\ncargo::error=b\\r\\u{85}é\"\\");
    for text in ["\u{9b}".repeat(3_000), "é".repeat(3_000), "a".repeat(801)] {
        let message = error::message(&text, 800);
        assert!(message.chars().count() == 800 && message.ends_with('…'), "{message}");
    }
    assert_eq!(error::message(&"a".repeat(800), 800), "a".repeat(800));
    // Errors of the tables pass it too.
    let root = folder("long-name");
    let path = root.join("registry.xml");
    let name = "\u{202e}".repeat(100_000);
    fs::write(&path, registry(&format!("<record><name>{name}</name><description/></record>"))).unwrap();
    let error = generate(&path, "lenient", &root).unwrap_err();
    assert!(error.contains(":4: record 1: service name") && error.ends_with('…'), "{error}");
    assert!(error.chars().count() <= 800 && !error.contains('\u{202e}'), "{error}");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let run = || emit::emit(&read(oracle::xml()).unwrap()).unwrap();
    assert!(run() == run());
}

#[test]
fn more_rows_than_an_entry_can_number_are_an_error() {
    let mut records = String::new();
    for number in 0..schema::MAX_RECORDS {
        let _ = writeln!(records, "<record><name>n{number}</name><description/></record>");
    }
    assert_eq!(read(&registry(&records)).unwrap().rows.len(), schema::MAX_RECORDS);
    // Read no further: the rest could be as long as it likes.
    fails(&registry(&(records + "<record></more>")), "65539: more than 65535 records; the tables hold no more");
}

#[test]
fn errors_name_the_file() {
    let root = folder("errors");
    let fails = |name: &str, text: Option<&[u8]>| {
        if let Some(text) = text {
            fs::write(root.join(name), text).unwrap();
        }
        let message = generate(&root.join(name), "lenient", &root).unwrap_err();
        assert!(!root.join("tables.rs").exists());
        message.strip_prefix(root.to_str().unwrap()).unwrap()[1..].to_owned()
    };
    let missing = fails("missing.xml", None);
    assert!(
        missing.starts_with("missing.xml: ") && missing.ends_with(&format!("; {}", schema::expected())),
        "{missing}"
    );
    assert_eq!(
        fails("latin1.xml", Some(b"<registry>\n\xe9")),
        format!("latin1.xml:2: not UTF-8; {}", schema::expected())
    );
    let message = fails("page.html", Some(b"<html>\n<head></head></html>"));
    assert!(message.starts_with("page.html:1: found <html>; expected <registry>"), "{message}");
    let bad = registry("<record><description/></record>\n<record><description/><number>x</number></record>");
    let message = fails("bad.xml", Some(bad.as_bytes()));
    assert!(message.starts_with("bad.xml:5: record 2: invalid port number `x`: expected"), "{message}");
}

#[test]
fn large_or_special_files_are_rejected() {
    let root = folder("files");
    let rejected = |name: &str, reason: &str| {
        let file = root.join(name).display().to_string();
        let error = format!("{file}: {reason}; {}", schema::expected());
        assert_eq!(generate(&root.join(name), "lenient", &root), Err(error));
    };
    rejected("", "not a regular file");
    fs::File::create(root.join("large.xml")).unwrap().set_len((16 << 20) + 1).unwrap();
    rejected("large.xml", "the file is larger than 16 MB");
    fs::File::create(root.join("large.xml")).unwrap().set_len(16 << 20).unwrap();
    let error = generate(&root.join("large.xml"), "lenient", &root).unwrap_err();
    assert!(error.contains("large.xml:1: the file is not XML; expected"), "{error}");
    fs::remove_file(root.join("large.xml")).unwrap();
    if cfg!(unix) {
        rejected("/dev/zero", "not a regular file");
        match std::process::Command::new("mkfifo").arg(root.join("pipe")).status() {
            Ok(status) if status.success() => rejected("pipe", "not a regular file"),
            _ => skipped("a named pipe as the registry", "mkfifo"),
        }
    } else {
        skipped("a device and a named pipe as the registry", "Unix");
    }
}

#[test]
fn check_variable_selects_strictness() {
    let root = folder("unknown");
    let path = root.join("registry.xml");
    let named = |messages: &[&str]| -> Vec<String> {
        messages.iter().map(|text| format!("{}:{text}", path.display())).collect()
    };
    let check = |records: String, incomplete: &[&str], unknown: &[&str], notes: &[&str]| {
        fs::write(&path, registry(&records)).unwrap();
        let all = named(&[incomplete, unknown, notes].concat());
        for (check, errors) in [("strict", &[incomplete, unknown].concat()[..]), ("", incomplete), ("lenient", &[])] {
            let expected = match named(errors).first() {
                Some(first) => Err(format!("{first} (IANA_PORTS_CHECK=lenient makes this a warning)")),
                None => Ok(all.clone()),
            };
            assert_eq!(generate(&path, check, &root), expected, "{check}");
            assert_eq!(fs::remove_file(root.join("tables.rs")).is_ok(), expected.is_ok());
        }
    };
    let rows = |count: usize| -> String {
        (0..count).map(|row| format!("<record><name>n{row}</name><description/></record>\n")).collect()
    };
    check(String::new(), &["3: the registry has 0 records; expected at least 1000"], &[], &[]);
    check(rows(999), &["3: the registry has 999 records; expected at least 1000"], &[], &[]);
    check(rows(1000), &[], &[], &[]);
    let lent = "1004: record 1001: unknown status `Lent out` of a row without a service name: treated as Assigned";
    let of_unknown_status = "<record><description>Lent out</description><number>9</number></record>";
    check(rows(1000) + of_unknown_status, &[], &[lent], &[]);
    check(
        rows(1000) + "<record><name>a</name><description/><note>This entry is an alias to \"b\".</note></record>",
        &[],
        &[],
        &[
            "1004: record 1001: `This entry is an alias to` is not followed by a quoted service name of this registry: the alias is not linked",
        ],
    );
    fs::write(&path, registry(&(rows(1000) + &of_unknown_status.repeat(20)))).unwrap();
    assert_eq!(generate(&path, "", &root).unwrap().len(), 20);
    fs::write(&path, registry(&(rows(1000) + &of_unknown_status.repeat(30)))).unwrap();
    let warnings = generate(&path, "", &root).unwrap();
    assert_eq!((warnings.len(), warnings.last().unwrap()), (21, &format!("{}: 10 more", path.display())));
    assert_eq!(
        generate(&path, "a\nb", &root),
        Err("invalid IANA_PORTS_CHECK `a\\nb`: expected strict or lenient".to_owned())
    );
}
