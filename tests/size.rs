//! What the crate adds to a program: bytes, load-time relocations, panics.

mod measured;

use measured::Package;
use object::{Object, ObjectSymbol, RelocationFlags, SymbolKind, elf};
use std::fs;
use std::path::Path;

/// How many places the loader has to change in an executable, and how many of them in this crate's statics.
fn relocations(executable: &Path) -> (usize, usize) {
    let executable = fs::read(executable).unwrap();
    let file = object::File::parse(executable.as_slice()).unwrap();
    assert!(file.section_by_name(".relr.dyn").is_none(), "relocations of a kind that is not counted here");
    let relative = RelocationFlags::Elf { r_type: elf::R_X86_64_RELATIVE };
    let places = file.dynamic_relocations().into_iter().flatten();
    let places: Vec<u64> = places.filter(|(_, found)| found.flags() == relative).map(|(place, _)| place).collect();
    let is_static = |name: &str| name.contains("10iana_ports");
    let statics = file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Data);
    let within = statics.filter(|symbol| symbol.name().is_ok_and(is_static)).flat_map(|symbol| {
        let end = symbol.address() + symbol.size();
        places.iter().filter(move |&place| (symbol.address()..end).contains(place))
    });
    (places.len(), within.count())
}

#[test]
fn a_program_grows_by_what_it_reads_and_the_loader_has_little_to_do() {
    if !measured::COMPARABLE {
        measured::print("skipped: sizes are held on x86-64 Linux with glibc");
        return;
    }
    let package = Package::new("size", &["empty", "port", "names", "columns"]);
    package.build(None).unwrap();
    let growth = |program| package.size(program) - package.size("empty");
    let budgets = [("port", 65_000), ("names", 300_000), ("columns", 760_000)];
    let sizes = budgets.map(|(program, budget)| (program, growth(program), budget));
    for (program, growth, budget) in sizes {
        measured::print(format_args!(
            "size: `{program}` is {growth} bytes larger than an empty program; budget {budget}"
        ));
    }

    package.link("columns", None, &measured::NOT_STRIPPED).unwrap();
    let (empty, _) = relocations(&package.executable("empty"));
    let (all, within) = relocations(&package.executable("columns"));
    measured::print(format_args!("relocations: {within} in the crate's statics; budget 16"));
    measured::print(format_args!("relocations: {all} in `columns`, {empty} in an empty program"));

    for (program, growth, budget) in sizes {
        assert!(growth <= budget, "`{program}` grows by {growth} bytes, more than {budget}");
    }
    // Where there is none, the statics have names of another shape.
    assert!((1..=16).contains(&within), "{within} relocations in the crate's statics");
}

#[test]
fn the_compiler_sees_that_no_look_up_can_panic() {
    if !measured::COMPARABLE {
        measured::print("skipped: that no panic can be reached is shown on x86-64 Linux with glibc");
        return;
    }
    let package = Package::new("panic", &["no_panic"]);
    let link = |cfg| package.link("no_panic", None, &["--config=profile.release.lto='fat'", "--", "--cfg", cfg]);
    link("no_panic").unwrap();
    let error = link("panics").unwrap_err();
    assert!(error.contains("undefined symbol: a_panic_can_be_reached"), "{error}");
}
