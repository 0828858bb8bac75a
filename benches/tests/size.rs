//! What the crate adds to a program: bytes, and places that the loader has to change.

use iana_ports_benches::budgets::{self, Figure};
use iana_ports_benches::programs::{Programs, has_target};
use iana_ports_benches::{print, skipped};
use object::{Object, ObjectSymbol, RelocationFlags, SymbolKind, elf};
use std::fs;
use std::path::Path;

#[test]
fn a_program_grows_by_what_it_reads() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    programs.build(&budgets::SIZES.map(|(program, ..)| program)).unwrap();
    programs.build(&["empty"]).unwrap();
    let rows = iana_ports::entries().len();
    let figures = budgets::SIZES.map(|(program, reads, budget, _)| {
        let growth = programs.size(program) - programs.size("empty");
        let what = format!("a program that reads {reads} grows by {growth} bytes with {rows} rows");
        Figure { what, found: growth as f64 / rows as f64, unit: "bytes a row", budget }
    });
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
}

/// It reads nothing of the registry.
#[test]
fn a_program_that_parses_dns_sd_names_grows_by_code_alone() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    programs.build(&["dns_sd_name", "empty"]).unwrap();
    let growth = programs.size("dns_sd_name") - programs.size("empty");
    let what = "growth of a program that only parses DNS-SD names".to_owned();
    let figures = [Figure { what, found: growth as f64, unit: "bytes", budget: budgets::DNS_SD_NAME }];
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
}

/// The flash of a Cortex-M0, optimized for size; the linker script asserts that there is nothing in RAM.
#[test]
fn a_microcontroller_stores_what_it_reads() {
    const TARGET: &str = "thumbv6m-none-eabi";
    if !has_target(TARGET) {
        return skipped("the flash of a microcontroller", TARGET);
    }
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "flash").for_target(TARGET);
    let bytes = |call: &str| {
        let arguments = ["--bin", "flash", "--config", "profile.release.opt-level='s'", "--", "--cfg", call];
        programs.cargo("rustc", &arguments, &[]).unwrap();
        programs.size("flash")
    };
    let empty = bytes("nothing");
    for (call, what) in [
        ("lookup_port", "`lookup_port` and counts the entries"),
        ("name_by_port", "`name_by_port`"),
        ("port_by_name", "`port_by_name`"),
        ("names", "both look-ups, with name, ports, transport and status"),
        ("columns", "both look-ups, with all twelve columns"),
    ] {
        let growth = bytes(call) - empty;
        assert!(growth > 20_000, "{call}: {growth}");
        print(&format!("flash: | {what} | {growth} bytes |\n"));
    }
}

#[test]
fn the_loader_has_little_to_do() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "programs");
    programs.build(&["columns"]).unwrap();
    let Some(found) = relocations(&programs.executable("columns")) else {
        assert!(!budgets::is_reference_compiler("the count of load-time relocations"));
        return;
    };
    let what = "load-time relocations in the crate's statics".to_owned();
    let figures = [Figure { what, found: found as f64, unit: "", budget: budgets::RELOCATIONS }];
    budgets::show(&figures);
    budgets::assert_within_budgets(&figures);
    // Where there is none, the statics have names of another shape.
    assert_ne!(found, 0);
}

/// How many places the loader has to change in this crate's statics; `None` where they are of kinds that are not
/// counted here.
fn relocations(executable: &Path) -> Option<usize> {
    let executable = fs::read(executable).unwrap();
    let file = object::File::parse(executable.as_slice()).unwrap();
    if file.architecture() != object::Architecture::X86_64 || file.section_by_name(".relr.dyn").is_some() {
        return None;
    }
    let relative = RelocationFlags::Elf { r_type: elf::R_X86_64_RELATIVE };
    let places = file.dynamic_relocations()?;
    let places: Vec<u64> = places.filter(|(_, found)| found.flags() == relative).map(|(place, _)| place).collect();
    let is_static = |name: &str| name.contains("10iana_ports");
    let statics = file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Data);
    let within = statics.filter(|symbol| symbol.name().is_ok_and(is_static)).flat_map(|symbol| {
        let end = symbol.address() + symbol.size();
        places.iter().filter(move |&place| (symbol.address()..end).contains(place))
    });
    Some(within.count())
}
