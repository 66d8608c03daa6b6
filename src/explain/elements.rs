//! The elements of a pack: what the data, the choice and the team say of each.

use super::View;
use super::words::{indicator_line, key_in_words};
use crate::base::Id;
use crate::eval::{Proof, ProofKind, Truth};
use crate::pipeline::Made;
use crate::syntax::Noun;
use crate::whynot::Element;

impl View<'_> {
    /// An element of the pack of which the documents conclude something.
    pub(super) fn element(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        match () {
            () if model.deficits.contains_key(id) => self.deficit(id),
            () if model.causes.contains_key(id) => self.cause(id),
            () if model.tasks.contains_key(id) => self.task(id),
            () if model.activities.contains_key(id) => self.activity(id),
            () if model.requirements.contains_key(id) => self.requirement(id),
            () if model.indicators.contains_key(id) => self.indicator(id),
            () if model.questions.contains_key(id) => self.question(id),
            () if model.goals.contains_key(id) => self.goal(id),
            () if model.resources.contains_key(id) => self.resource(id),
            () if model.risks.contains_key(id) => self.risk(id),
            () => None,
        }
    }

    /// What an adapted plan or programme left out, or made into something else.
    pub(super) fn dropped(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let plans = model.roadmaps.values().map(|it| ("Карта", &it.meta, it.adaptation.as_ref()));
        let programmes = model.programmes.values();
        let programmes = programmes.map(|it| ("Программа", &it.meta, it.adaptation.as_ref()));
        let all = plans.chain(programmes);
        let mut steps = all.filter_map(|(word, meta, made)| Some((word, meta, made?)));
        steps.find_map(|(word, meta, adaptation)| {
            let mut steps = adaptation.steps.iter();
            let step = steps.find(|step| step.verb.is_about(id))?;
            let done = match step.verb.came() {
                Some(into) => format!("{} в «{into}»", step.verb.word()),
                None => step.verb.word().to_owned(),
            };
            let text = format!("{word} «{}»: {done} — {id}", meta.title);
            let why = Proof::new(ProofKind::Methodist, step.because.clone());
            let why = (!step.because.is_empty()).then_some(why);
            Some(Proof::new(ProofKind::Edit, text).about(id).with(why.into_iter().collect()))
        })
    }

    /// What has a title and no conclusion: where the pack has it from.
    pub(super) fn named(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let mut rows = model.analyses.values().flat_map(|analysis| &analysis.conclusions);
        let row = rows.find(|row| row.id == *id);
        let known = [
            ("Вывод", row.map(|row| &row.meta)),
            ("Разбор", model.analyses.get(id).map(|it| &it.meta)),
            ("Дорожная карта", model.roadmaps.get(id).map(|it| &it.meta)),
            ("Документ", model.programmes.get(id).map(|it| &it.meta)),
            ("Орган", model.bodies.get(id).map(|it| &it.meta)),
            ("Роль", model.roles.get(id).map(|it| &it.meta)),
            ("Акт", model.acts.get(id).map(|it| &it.meta)),
            ("Направление", model.directions.get(id).map(|it| &it.meta)),
            ("Механизм", model.mechanisms.get(id).map(|it| &it.meta)),
        ];
        let (noun, meta) = known.into_iter().find_map(|(noun, meta)| Some((noun, meta?)))?;
        Some(self.plain(ProofKind::Rule, format!("{noun} «{}»", meta.title), id, meta))
    }

    pub(super) fn deficit(&self, id: &Id) -> Option<Proof> {
        let found = self.diagnosis.deficits.iter().find(|found| found.id == *id);
        let title = &self.bound.model.deficits.get(id)?.meta.title;
        let Some(found) = found else {
            let text = format!("Дефицит «{title}» относится к другому уровню");
            return Some(Proof::new(ProofKind::Rule, text).about(id));
        };
        let mut proof = found.proof.clone();
        let is_plain = found.state == Truth::Yes && found.forced().is_none();
        if let Some(weight) = found.weight.as_ref().filter(|_| is_plain) {
            proof.text = format!("{}, вес {}", proof.text, weight.to_russian(2));
        }
        for key in &found.needs {
            let text = format!("не хватает: {}", key_in_words(key, &self.bound.model));
            proof.children.push(Proof::new(ProofKind::Value, text).about(&key.indicator));
        }
        for made in self.made {
            proof.children.extend(fate(made, id));
        }
        Some(proof)
    }

    fn cause(&self, id: &Id) -> Option<Proof> {
        let declared = self.bound.model.causes.get(id)?;
        match self.diagnosis.causes.iter().find(|found| found.id == *id) {
            Some(found) => {
                let mut proof = found.proof.clone();
                for owner in self.evaluator().owner(&declared.meta) {
                    if !proof.children.contains(&owner) {
                        proof.children.push(owner);
                    }
                }
                Some(proof)
            }
            None => {
                let text = format!(
                    "Причина «{}» не рассматривается: дефицит, который она объясняет, не выявлен",
                    declared.meta.title
                );
                Some(self.plain(ProofKind::Rule, text, id, &declared.meta))
            }
        }
    }

    fn task(&self, id: &Id) -> Option<Proof> {
        let chosen = self.made.iter().flat_map(|made| &made.choice.tasks);
        let mut chosen = chosen.filter(|task| task.id == *id);
        let told = chosen.next().map(|task| task.proof.clone());
        told.or_else(|| self.absent(&Element::new(Noun::Task, id)))
    }

    fn activity(&self, id: &Id) -> Option<Proof> {
        let chosen = self.made.iter().flat_map(|made| &made.choice.activities);
        let mut chosen = chosen.filter(|activity| activity.id == *id);
        let told = chosen.next().map(|activity| activity.proof.clone());
        told.or_else(|| self.absent(&Element::new(Noun::Activity, id)))
    }

    fn resource(&self, id: &Id) -> Option<Proof> {
        let mut chosen = self.made.iter().flat_map(|made| &made.choice.resources);
        let told =
            chosen.find(|resource| resource.id == *id).map(|resource| resource.proof.clone());
        told.or_else(|| self.absent(&Element::new(Noun::Resource, id)))
    }

    /// What keeps a risk out: it concerns nothing that is chosen, or its condition is refuted.
    fn risk(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let mut chosen = self.made.iter().flat_map(|made| &made.choice.risks);
        let Some(found) = chosen.find(|risk| risk.id == *id) else {
            return self.absent(&Element::new(Noun::Risk, id));
        };
        let mut proof = found.proof.clone();
        proof.children.extend(found.needs.iter().map(|key| {
            let text = format!("не хватает: {}", key_in_words(key, model));
            Proof::new(ProofKind::Value, text).about(&key.indicator)
        }));
        Some(proof)
    }

    pub(super) fn requirement(&self, id: &Id) -> Option<Proof> {
        let declared = self.bound.model.requirements.get(id)?;
        let evaluator = self.evaluator();
        let mut children = Vec::new();
        let holds = self.made.iter().any(|made| made.choice.requirements.contains(id));
        if let Some(condition) = &declared.condition {
            children.extend(evaluator.judge(condition, &evaluator.own()).proofs);
        }
        for act in &declared.acts {
            if let Some(found) = self.bound.model.acts.get(&act.id) {
                let proof = Proof::new(ProofKind::Act, format!("Акт: {}", found.meta.title));
                children.push(proof.about(&act.id));
            }
        }
        children.extend(evaluator.owner(&declared.meta));
        let state = if holds {
            "действует здесь"
        } else {
            "здесь не действует"
        };
        let text = format!("Требование «{}» {state}", declared.meta.title);
        Some(Proof::new(ProofKind::Requirement, text).about(id).with(children))
    }

    /// What was answered, with the team's comment, and what the answer says of causes.
    fn question(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let declared = model.questions.get(id)?;
        let given = self.bound.facts.answers.get(id);
        let answer = match given {
            Some(true) => "да",
            Some(false) => "нет",
            None => "нет данных",
        };
        let mut children = Vec::new();
        let mut answers = self.bound.project.answers.iter();
        if let Some(told) = answers.find(|told| Id::new(&told.question.value) == *id)
            && !told.comment.is_empty()
        {
            let text = format!("Пояснение команды: {}", told.comment);
            children.push(Proof::new(ProofKind::Edit, text));
        }
        let sides = [(true, &declared.yes_confirms), (false, &declared.no_confirms)];
        for (side, causes) in sides {
            for cause in causes {
                let Some(found) = model.causes.get(&cause.id) else { continue };
                let word = if side { "да" } else { "нет" };
                let does = match given {
                    Some(given) if *given == side => "подтверждает причину".to_owned(),
                    Some(_) => "опровергает причину".to_owned(),
                    None => format!("ответ «{word}» подтвердит причину"),
                };
                let text = format!("{does} «{}»", found.meta.title);
                children.push(Proof::new(ProofKind::Rule, text).about(&cause.id));
            }
        }
        children.extend(self.evaluator().owner(&declared.meta));
        let text = format!("Вопрос «{}»: {answer}", declared.meta.title);
        Some(Proof::new(ProofKind::Rule, text).about(id).with(children))
    }

    fn goal(&self, id: &Id) -> Option<Proof> {
        let declared = self.bound.model.goals.get(id)?;
        let model = &self.bound.model;
        let tasks = self.made.iter().flat_map(|made| &made.choice.tasks).filter(|task| {
            let goal = model.tasks.get(&task.id).and_then(|task| task.goal.as_ref());
            goal.is_some_and(|goal| goal.id == *id)
        });
        let mut children: Vec<Proof> = Vec::new();
        for task in tasks {
            if !children.contains(&task.proof) {
                children.push(task.proof.clone());
            }
        }
        if children.is_empty() {
            return self.absent(&Element::new(Noun::Goal, id));
        }
        children.extend(self.evaluator().owner(&declared.meta));
        let text = format!("Цель «{}» поставлена", declared.meta.title);
        Some(Proof::new(ProofKind::Rule, text).about(id).with(children))
    }

    fn indicator(&self, id: &Id) -> Option<Proof> {
        let model = &self.bound.model;
        let declared = model.indicators.get(id)?;
        let evaluator = self.evaluator();
        let reading = evaluator.reading(id);
        let mut proof =
            Proof::new(ProofKind::Value, indicator_line(&reading, declared, model)).about(id);
        proof.at = Some(reading.year.to_string());
        proof.source =
            (!reading.source.is_empty()).then(|| (String::new(), reading.source.clone()));
        let mut children = Vec::new();
        for point in &reading.series {
            let value = crate::eval::print(&point.value, declared, model);
            let value = value.unwrap_or_else(|| "нет данных".to_owned());
            let n = point.n.map(|n| format!(", участников {n}")).unwrap_or_default();
            let mut figure =
                Proof::new(ProofKind::Value, format!("{} год: {value}{n}", point.year));
            figure.at = Some(point.year.to_string());
            children.push(figure);
        }
        for (level, value, source) in &reading.comparisons {
            let Some(value) = crate::eval::print(value, declared, model) else { continue };
            let text = format!("{}, {} год: {value}", level.nominative(), reading.year);
            let mut figure = Proof::new(ProofKind::Comparison, text);
            figure.at = Some(reading.year.to_string());
            figure.source = (!source.is_empty()).then(|| (String::new(), source.clone()));
            children.push(figure);
        }
        children.extend(evaluator.owner(&declared.meta));
        Some(proof.with(children))
    }
}

/// What a programme does about a deficit.
fn fate(made: &Made, id: &Id) -> Option<Proof> {
    let title = &made.kind.kind;
    if made.choice.priorities.contains(id) {
        let text = format!("{title}: взят в работу");
        return Some(Proof::new(ProofKind::Rule, text).about(id));
    }
    let (_, reason) = made.choice.postponed.iter().find(|(postponed, _)| postponed == id)?;
    Some(Proof::new(ProofKind::Rule, format!("{title}: отложен, {reason}")).about(id))
}
