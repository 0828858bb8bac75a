//! What a look-up costs, in instructions.

mod measured;

use measured::Package;

#[test]
fn a_look_up_stays_within_its_budget() {
    let package = Package::new("calls", &["instructions"]);
    package.link("instructions", None, &measured::NOT_STRIPPED).unwrap();
    let mut over = Vec::new();
    for (what, budget, arguments) in [
        ("lookup_port", 32, &["port", "31"][..]),
        ("lookup_name of a registered name", 290, &["name"]),
        ("lookup_name of a registered name in upper case", 295, &["NAME"]),
        ("lookup_name of a name that is not registered", 270, &["no name"]),
        ("ServiceName::new of a registered name", 260, &["valid"]),
    ] {
        let Some(counts) = measured::instructions(&package.executable("instructions"), arguments, true) else { return };
        let (calls, dearest) = (counts.len(), counts.iter().copied().max().unwrap());
        let mean = counts.iter().sum::<u64>() as f64 / calls as f64;
        let line =
            format!("{what}: at most {dearest} instructions, {mean:.1} on average of {calls} calls; budget {budget}");
        measured::print(format_args!("instructions: {line}"));
        over.extend((dearest > budget).then_some(line));
    }
    assert!(over.is_empty(), "{over:#?}");
}
