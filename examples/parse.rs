use pko::*;
struct No;
impl model::PackStore for No {
    fn pack(&self, _: &str) -> Option<model::PackFiles> {
        None
    }
    fn names(&self) -> Vec<String> {
        vec![]
    }
}
fn main() {
    for p in std::env::args().skip(1) {
        let t = std::fs::read_to_string(&p).unwrap();
        let mut m = diag::SourceMap::default();
        let mut d = vec![];
        model::load(
            model::PackFiles { origin: "x".into(), files: vec![(p.clone(), t)] },
            &No,
            &mut m,
            &mut d,
        );
        println!("{p}: {}", d.len());
        println!("{}", diag::render_terminal(&d, &m, false));
    }
}
