use pko::*;
struct Disk;
impl model::PackStore for Disk {
    fn pack(&self, name: &str) -> Option<model::PackFiles> {
        let dir = format!("rules/{name}");
        let mut files: Vec<(String, String)> = std::fs::read_dir(&dir)
            .ok()?
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|x| x == "pko"))
            .map(|p| (p.display().to_string(), std::fs::read_to_string(&p).unwrap()))
            .collect();
        files.sort();
        Some(model::PackFiles { origin: dir, files })
    }
    fn names(&self) -> Vec<String> {
        vec![]
    }
}
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let mut m = diag::SourceMap::default();
    let mut d = vec![];
    let project = data::read_project(&p, &std::fs::read(&p).unwrap(), &mut m, &mut d);
    let t = std::time::Instant::now();
    let model =
        model::load(model::PackStore::pack(&Disk, "krasnoyarsk").unwrap(), &Disk, &mut m, &mut d);
    eprintln!("load {:?}", t.elapsed());
    println!("{}", diag::render_terminal(&d, &m, false));
    d.clear();
    let project = project.unwrap();
    let mut obs = vec![];
    for f in &project.data {
        let path = std::path::Path::new(&p).parent().unwrap().join(&f.path.value);
        obs.extend(data::read_observations(
            &f.path.value,
            &std::fs::read(&path).unwrap(),
            &f.source,
            &mut m,
            &mut d,
        ));
    }
    let facts = eval::bind(&model, &project, &obs, &mut d);
    println!("{}", diag::render_terminal(&d, &m, false));
    let t = std::time::Instant::now();
    let diagnosis = eval::diagnose(&model, &facts);
    eprintln!("diagnose {:?}", t.elapsed());
    for x in &diagnosis.deficits {
        println!(
            "{:?} {} w={:?} n={:?}",
            x.state,
            x.id,
            x.weight.as_ref().map(|w| w.to_string()),
            x.group
        );
        if std::env::args().nth(2).is_some() {
            for p in x.proof.flatten() {
                println!("      {} | {} | {:?}", p.kind.russian(), p.text, p.source);
            }
        }
    }
    for c in &diagnosis.causes {
        println!("cause {} {:?}", c.id, c.state);
    }
    for u in diagnosis.unknown.iter() {
        println!(
            "unknown {} decides {} : {:?}",
            u.indicator,
            u.decides,
            u.figures
                .iter()
                .map(|f| format!("{:?} {} d{}", f.key.object, f.key.year, f.decides))
                .collect::<Vec<_>>()
        );
    }
    let ev = eval::Evaluator::new(&model, &facts);
    let kind = model.programmes.get(&*project.programmes[0].value).unwrap();
    let period = project
        .period
        .as_ref()
        .map(|(a, b)| calendar::Period { from: a.value, to: b.value })
        .unwrap_or(calendar::Period { from: project.date.value, to: project.date.value });
    let choice = plan::choose(&model, &ev, &diagnosis, kind, period);
    println!("prio {:?}\npost {:?}\ngoals {:?}", choice.priorities, choice.postponed, choice.goals);
    for t in &choice.tasks {
        println!("task {} <- {:?}", t.id, t.deficits);
    }
    for a in &choice.activities {
        println!(
            "act {} {:?} {:?}",
            a.id,
            a.answers,
            a.occurrences.iter().map(|o| format!("{}..{}", o.from, o.to)).collect::<Vec<_>>()
        );
    }
    for t in plan::targets(&model, &ev, &diagnosis, &choice) {
        println!(
            "target {} {:?} n={:?} {:?}",
            t.indicator,
            t.baseline.exact().map(|x| x.to_string()),
            t.n,
            t.targets
                .iter()
                .map(|x| (
                    x.year,
                    x.by.to_string(),
                    x.value.as_ref().map(|v| v.to_russian(2)),
                    x.pupils
                ))
                .collect::<Vec<_>>()
        );
    }
}
