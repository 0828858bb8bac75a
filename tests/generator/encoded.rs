//! That the tables are the same on every machine: a build script of one width and byte order writes them for programs
//! of another. tables.rs decodes them without any of the library's code.

use crate::checks_of_tables::build_script::{emit, model, xml};
use crate::common::oracle;
use std::fs;
use std::path::Path;

/// The words of Rust's text, of letters, digits and `_`.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

#[test]
fn no_static_has_a_type_whose_width_depends_on_the_machine() {
    let source = oracle::xml();
    let registry = xml::read(source.as_bytes()).unwrap();
    let files = emit::emit(&model::check(&registry).unwrap()).unwrap();
    let mut statics = 0;
    for (_, code) in files.iter().filter(|(file, _)| file.ends_with(".rs")) {
        let items = code.lines().filter_map(|line| line.trim_start_matches("pub(crate) ").split_once(' '));
        for (kind, item) in items.filter(|(kind, _)| ["static", "type"].contains(kind)) {
            // A type stands after the `=`, that of a static before it.
            let (name, value) = item.split_once('=').unwrap();
            let of = if kind == "type" { value } else { name };
            assert!(!words(of).any(|word| ["usize", "isize"].contains(&word)), "{kind} {name}");
            statics += usize::from(kind == "static");
        }
    }
    assert!(statics > 15, "{statics}");
}

/// The structs that the statics are made of stand in the library.
#[test]
fn no_code_depends_on_the_byte_order_and_no_table_on_the_width_of_the_machine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = ["src", "registry"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).unwrap())
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.push(root.join("build.rs"));
    assert!(files.len() > 20);
    let mut structs = 0;
    for path in files {
        let code = fs::read_to_string(&path).unwrap();
        for native in ["from_ne_bytes", "to_ne_bytes", "target_endian", "target_pointer_width", "transmute"] {
            assert!(!words(&code).any(|word| word == native), "{native} in {}", path.display());
        }
        for name in ["struct Block {", "struct NameRows(", "struct PortIndex<"] {
            if let Some((_, rest)) = code.split_once(name).filter(|_| path.starts_with(root.join("src"))) {
                let (fields, _) = rest.split_once("\n\n").unwrap();
                let fields = fields.split_once("> {").map_or(fields, |(_, fields)| fields);
                assert!(!words(fields).any(|word| ["usize", "isize"].contains(&word)), "{name}: {fields}");
                structs += 1;
            }
        }
    }
    assert_eq!(structs, 3);
}
