//! What the crate adds to a program: bytes, and places that the loader has to change.

use iana_ports_benches::budgets::{self, Figure, Size};
use iana_ports_benches::programs::{Programs, has_target};
use iana_ports_benches::{print, skipped};
use object::{Object, ObjectSymbol, RelocationFlags, SymbolKind, elf};
use std::fs;
use std::path::Path;

#[test]
fn a_program_grows_by_what_it_reads() {
    let programs = Programs::new(env!("CARGO_TARGET_TMPDIR"), "sizes");
    let rows = iana_ports::entries().len();
    let empty = programs.size_with("nothing", &[]);
    let sizes = budgets::SIZES.map(|Size { what, cfg, per_row, .. }| {
        let growth = programs.size_with(cfg, &[]) - empty;
        let what = format!("a program that reads {what} grows by {growth} bytes with {rows} rows");
        Figure { what, found: growth as f64 / rows as f64, unit: "bytes a row", budget: per_row }
    });
    // Of the last program, which reads all columns.
    let relocations = relocations(&programs.executable("reads"));
    // It reads nothing of the registry.
    let what = "growth of a program that only parses DNS-SD names".to_owned();
    let found = (programs.size_with("dns_sd_name", &[]) - empty) as f64;
    let mut figures = Vec::from(sizes);
    match relocations {
        None => assert!(!budgets::is_reference_compiler("the count of load-time relocations")),
        // Where there is none, the statics have names of another shape.
        Some(0) => panic!("no relocation is found"),
        Some(found) => {
            let what = "load-time relocations in the crate's statics".to_owned();
            figures.push(Figure { what, found: found as f64, unit: "", budget: budgets::RELOCATIONS });
        }
    }
    figures.push(Figure { what, found, unit: "bytes", budget: budgets::DNS_SD_NAME });
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
    let size = |cfg| programs.size_with(cfg, &["--config", "profile.release.opt-level='s'"]);
    let empty = size("nothing");
    for Size { what, cfg, .. } in budgets::SIZES {
        let growth = size(cfg) - empty;
        assert!(growth > 20_000, "{cfg}: {growth}");
        print(&format!("flash: | {what} | {growth} bytes |\n"));
    }
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
