fn main() {
    let p = std::env::args().nth(1).unwrap();
    let t = std::fs::read_to_string(&p).unwrap();
    let mut m = pko::diag::SourceMap::default();
    let f = m.add(p, t.clone());
    let mut d = vec![];
    let file = pko::syntax::parse_file(f, &t, &mut d);
    if std::env::args().nth(2).is_some() {
        println!("{file:#?}");
    }
    println!("{}", pko::diag::render_terminal(&d, &m, false));
    println!("{} nodes", file.nodes.len());
}
