//! Whether every dependency's licence is among those that deny.toml allows. Known vulnerabilities are not
//! looked for here: that takes the network and cargo-deny, which reads the same file.

use std::{collections::BTreeSet, fs, process::Command};

use serde_json::Value;

use super::source::root;

/// Whether an SPDX expression can be met with the licences allowed.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    either(&mut rest, allowed) && rest.is_empty()
}

fn either(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = both(rest, allowed);
    while let ["OR", more @ ..] = *rest {
        *rest = more;
        met |= both(rest, allowed);
    }
    met
}

fn both(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = one(rest, allowed);
    while let ["AND", more @ ..] = *rest {
        *rest = more;
        met &= one(rest, allowed);
    }
    met
}

fn one(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match *rest {
        ["(", inside @ ..] => {
            *rest = inside;
            let met = either(rest, allowed);
            let [")", more @ ..] = *rest else { return false };
            *rest = more;
            met
        }
        [licence, "WITH", exception, more @ ..] => {
            *rest = more;
            allowed.contains(&format!("{licence} WITH {exception}"))
        }
        [licence, more @ ..] => {
            *rest = more;
            allowed.contains(*licence)
        }
        [] => false,
    }
}

fn allowed() -> BTreeSet<String> {
    let read = fs::read_to_string(root().join("deny.toml")).expect("deny.toml can be read");
    let file: toml::Table = read.parse().expect("deny.toml is TOML");
    let list = file["licenses"]["allow"].as_array().expect("licenses.allow is a list");
    list.iter().map(|licence| licence.as_str().expect("licenses.allow holds names").to_owned()).collect()
}

fn output(command: &mut Command) -> String {
    let output = command.output().expect("the toolchain is there");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the toolchain writes text")
}

/// What is built on this machine, as Cargo has resolved it.
fn packages() -> Vec<Value> {
    let rustc = output(Command::new("rustc").arg("-vV"));
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    // Offline: what the build has fetched is enough, and a test needs no network.
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["metadata", "--format-version=1", "--offline", "--locked"]);
    let metadata: Value =
        serde_json::from_str(&output(cargo.args(["--filter-platform", host]))).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("cargo lists packages").clone()
}

#[test]
fn every_dependency_has_a_licence_we_allow() {
    let (allowed, packages) = (allowed(), packages());
    assert!(packages.len() > 3, "cargo metadata names our packages and their dependencies");
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(|licence| is_met(licence, &allowed)))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "not allowed by deny.toml; replace the package:\n{}", refused.join("\n"));
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed = ["MIT", "Apache-2.0", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    for met in
        ["MIT", "MIT/GPL-3.0", "GPL-3.0 OR (MIT AND ISC)", "Apache-2.0 WITH LLVM-exception", "MIT AND (GPL-2.0 OR ISC)"]
    {
        assert!(is_met(met, &allowed), "{met}");
    }
    for refused in ["GPL-3.0", "MIT AND GPL-3.0", "", "(MIT", "MIT ISC", "GPL-2.0 OR MIT AND BSL-1.1", "MIT WITH X"] {
        assert!(!is_met(refused, &allowed), "{refused}");
    }
}
