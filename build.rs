//! A file that appears in an embedded folder must reach the binary.

fn main() {
    for folder in ["rules", "docs/ошибки", "templates", "grammar"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
