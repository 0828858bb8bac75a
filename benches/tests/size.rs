//! What the crate adds to a program: bytes, and places that the loader has to change.

use iana_ports_benches::budgets::{self, Figure, Size};
use iana_ports_benches::programs::{MICROCONTROLLER, Programs, has_target};
use iana_ports_benches::{print, skipped};
use object::Object;
use std::fs;

#[test]
fn a_program_grows_by_what_it_reads() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"));
    let mut figures = growth(&programs, "size", "growth of a program", |size| size.program, 0);
    let relocations = |cfg| {
        let executable = fs::read(programs.build("reads", &["--cfg", cfg]).unwrap()).unwrap();
        let file = object::File::parse(executable.as_slice()).unwrap();
        file.dynamic_relocations().map_or(0, Iterator::count) as f64
    };
    figures.push(Figure {
        what: "load-time relocations of a program that reads all twelve columns".to_owned(),
        found: relocations("columns") - relocations("nothing"),
        unit: "relocations",
        budget: budgets::RELOCATIONS,
    });
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
}

/// The linker script asserts that nothing is in RAM.
#[test]
fn a_microcontroller_stores_what_it_reads() {
    if !has_target(MICROCONTROLLER) {
        return skipped("the flash of a microcontroller", MICROCONTROLLER);
    }
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR")).for_target(MICROCONTROLLER);
    let figures = growth(&programs, "flash", "flash of a program", |size| size.flash, 1);
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
}

/// Prints the rows of a table of bytes, and returns figures of bytes a row. Of a pair of budgets, `nth` is enforced.
fn growth(programs: &Programs, table: &str, what: &str, budget: fn(&Size) -> f64, nth: usize) -> Vec<Figure> {
    let rows = iana_ports::entries().len() as f64;
    let empty = programs.size("nothing");
    let bytes = |cfg| (programs.size(cfg) - empty) as f64;
    let growth = |calls: &str, cfg| {
        let bytes = bytes(cfg);
        print(&format!("{table}: | {calls} | {bytes} |\n"));
        bytes
    };
    let figure = |size: &Size| Figure {
        what: format!("{what} that calls {}", size.what),
        found: growth(size.what, size.cfg) / rows,
        unit: "bytes a row",
        budget: budget(size),
    };
    let mut figures: Vec<Figure> = budgets::SIZES.iter().map(figure).collect();
    let parse = growth("`DnsSdName::parse`", "dns_sd_name");
    let per_row = bytes("constant_str") / rows;
    for (program, found, unit, budgets) in [
        ("that calls `DnsSdName::parse`", parse, "bytes", budgets::DNS_SD_NAME),
        ("with a constant `&str` of `name_by_port`", per_row, "bytes a row", budgets::CONSTANT_STR),
        ("with a `ServiceName` in a `static`", bytes("static_name"), "bytes", budgets::STATIC_NAME),
    ] {
        figures.push(Figure { what: format!("{what} {program}"), found, unit, budget: budgets[nth] });
    }
    figures
}
