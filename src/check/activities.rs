//! Every activity that a rule can choose says who, when, what comes of it, what it moves and what
//! it answers. What is transcribed from a source may lack what its source lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckSpec, Pass};
use crate::base::{Id, Level};
use crate::diag::Code;
use crate::model::{Activity, Model};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(34), summary: "Мероприятию чего-то не хватает", run
    };

/// Something that an activity must say.
struct Need {
    missing: fn(&Activity) -> bool,
    what: &'static str,
    hint: &'static str,
}

const NEEDS: &[Need] = &[
    Need {
        missing: |activity| {
            activity.responsible.is_empty()
                && !says(activity, "ответственный")
                && !activity.meta.says("ответственные")
        },
        what: "не названы ответственные",
        hint: "добавьте «ответственные …», «умолчания мероприятий школы» или «ответственные не названы»",
    },
    Need {
        missing: |activity| {
            activity.term.is_none() && !says(activity, "срок") && !activity.meta.says("срок")
        },
        what: "не назван срок",
        hint: "добавьте «срок …», «умолчания мероприятий школы» или «срок не назван»",
    },
    Need {
        missing: |activity| {
            activity.documents.is_empty()
                && activity.results.is_empty()
                && !says(activity, "документ")
                && !bears(activity, &["документы", "результат"])
        },
        what: "нет ни документа, ни результата",
        hint: "добавьте «документы …», «результат …» или «документ не назван»",
    },
    Need {
        missing: |activity| moves_nothing(activity) && !fulfils(activity),
        what: "не двигает ни одного показателя и не исполняет требования",
        hint: "добавьте «двигает …», «довести …» или «исполняет …»",
    },
    Need {
        missing: |activity| {
            moves_nothing(activity) && fulfils(activity) && !activity.tasks.is_empty()
        },
        what: "решает задачу, но не двигает ни одного показателя",
        hint: "добавьте «двигает …» или «довести …»: чем видно, что задача решена",
    },
    Need {
        missing: |activity| {
            moves_nothing(activity)
                && fulfils(activity)
                && activity.results.is_empty()
                && !says(activity, "документ")
                && !bears(activity, &["решает", "результат"])
        },
        what: "исполняет требование, но не называет ни показателя, ни результата",
        hint: "добавьте «двигает …» или «результат …»: чем проверить, что требование исполнено",
    },
    Need {
        missing: |activity| {
            activity.tasks.is_empty()
                && activity.requirements.is_empty()
                && !bears(activity, &["решает", "исполняет"])
        },
        what: "не решает ни одной задачи и не исполняет требования",
        hint: "добавьте «решает …» или «исполняет …»",
    },
];

fn moves_nothing(activity: &Activity) -> bool {
    activity.moves.is_empty()
        && activity.targets.is_empty()
        && !bears(activity, &["двигает", "довести"])
}

fn fulfils(activity: &Activity) -> bool {
    !activity.requirements.is_empty() || bears(activity, &["исполняет"])
}

/// Whether it has such a line, be it one that could not be read.
fn bears(activity: &Activity, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| activity.meta.says(keyword))
}

fn says(activity: &Activity, absent: &str) -> bool {
    activity.absent.iter().any(|what| what == absent)
}

fn run(pass: &mut Pass<'_>) {
    let choosable = choosable(pass.model);
    for (id, activity) in &pass.model.activities {
        if activity.external {
            continue;
        }
        if activity.level == Level::School
            && (activity.meta.source.is_none() || choosable.contains(id))
        {
            complete(pass, id, activity);
        } else {
            transcribed(pass, id, activity);
        }
    }
}

fn complete(pass: &mut Pass<'_>, id: &Id, activity: &Activity) {
    for need in NEEDS {
        if (need.missing)(activity) {
            let message = format!("мероприятие «{id}»: {}", need.what);
            let finding = pass.error(activity.meta.span, message).with_hint(need.hint);
            pass.report(finding);
        }
    }
}

/// Those that a rule can choose: by what they answer, and those that must be done before these.
pub(super) fn choosable(model: &Model) -> BTreeSet<&Id> {
    let answers = |activity: &Activity| {
        !activity.tasks.is_empty()
            || !activity.requirements.is_empty()
            || bears(activity, &["решает", "исполняет"])
    };
    let mut before: BTreeMap<&Id, Vec<&Id>> = BTreeMap::new();
    for (earlier, activity) in &model.activities {
        for later in &activity.before {
            before.entry(&later.id).or_default().push(earlier);
        }
    }
    let chosen = model.activities.iter().filter(|(_, activity)| answers(activity));
    let mut open: Vec<&Id> = chosen.map(|(id, _)| id).collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !reached.insert(id) {
            continue;
        }
        let after = model.activities.get(id).map_or(&[] as &[_], |activity| &activity.after);
        open.extend(after.iter().map(|earlier| &earlier.id));
        open.extend(before.get(id).into_iter().flatten());
    }
    reached
}

/// Above the school, and where no rule can choose it, a gap is the source's own, if there is a source.
fn transcribed(pass: &mut Pass<'_>, id: &Id, activity: &Activity) {
    let gaps: Vec<&str> =
        NEEDS.iter().filter(|need| (need.missing)(activity)).map(|need| need.what).collect();
    if let Some(first) = gaps.first()
        && activity.meta.source.is_none()
    {
        let message = format!("мероприятие «{id}» взято не из источника, но {first}");
        let finding = pass
            .error(activity.meta.span, message)
            .with_hint("укажите «по источнику …» или дополните мероприятие");
        pass.report(finding);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_bare_activity_lacks_five_things() {
        check_code(
            34,
            "мероприятие школы м «М»\n",
            "ПКО-034 1:19 мероприятие «м»: не названы ответственные\n\
             ПКО-034 1:19 мероприятие «м»: не назван срок\n\
             ПКО-034 1:19 мероприятие «м»: нет ни документа, ни результата\n\
             ПКО-034 1:19 мероприятие «м»: не двигает ни одного показателя и не исполняет требования\n\
             ПКО-034 1:19 мероприятие «м»: не решает ни одной задачи и не исполняет требования\n",
        );
    }

    #[test]
    fn what_is_stated_absent_is_not_missing() {
        check_code(
            34,
            "требование школы т «Т»\n\
             мероприятие школы м «М»\n  исполняет т\n  ответственные не названы\n  срок не назван\n  документ не назван\n\
             мероприятие школы чужое «Чужое»\n  внешнее\n",
            "",
        );
    }

    #[test]
    fn a_requirement_is_verifiable_and_a_task_is_measured() {
        check_code(
            34,
            "документ справка «Справка»\n\
             требование школы т «Т»\n\
             мероприятие школы м «М»\n  исполняет т\n  ответственные не названы\n  срок не назван\n  документы справка\n\
             мероприятие школы р «Р»\n  исполняет т\n  ответственные не названы\n  срок не назван\n  результат «Сделано»\n\
             дефицит школы д «Д»\n  если да\n  возможные причины п\n\
             причина школы п «П»\n\
             задача школы з «З»\n  отвечает п\n\
             мероприятие школы н «Н»\n  решает з; исполняет т\n  ответственные не названы\n  срок не назван\n  результат «Сделано»\n",
            "ПКО-034 3:19 мероприятие «м»: исполняет требование, но не называет ни показателя, ни результата\n\
             ПКО-034 19:19 мероприятие «н»: решает задачу, но не двигает ни одного показателя\n",
        );
    }

    #[test]
    fn a_transcribed_activity_that_no_rule_chooses_may_have_gaps() {
        check_code(
            34,
            "источник кн «И»\n\
             требование школы т «Т»\n\
             мероприятие школы а «А»\n  по источнику кн, раздел 1\n\
             мероприятие школы б «Б»\n  по источнику кн, раздел 1\n\
             мероприятие школы в «В»\n  исполняет т\n  после б\n  ответственные не названы\n  срок не назван\n  документ не назван\n",
            "ПКО-034 5:19 мероприятие «б»: не названы ответственные\n\
             ПКО-034 5:19 мероприятие «б»: не назван срок\n\
             ПКО-034 5:19 мероприятие «б»: нет ни документа, ни результата\n\
             ПКО-034 5:19 мероприятие «б»: не двигает ни одного показателя и не исполняет требования\n\
             ПКО-034 5:19 мероприятие «б»: не решает ни одной задачи и не исполняет требования\n",
        );
    }

    #[test]
    fn a_transcribed_activity_of_a_region_may_have_gaps() {
        check_code(
            34,
            "источник кн «И»\n\
             мероприятие региона а «А»\n  по источнику кн, раздел 1\n\
             мероприятие региона б «Б»\n  по методисту «так надо»\n",
            "ПКО-034 4:21 мероприятие «б» взято не из источника, но не названы ответственные\n",
        );
    }
}
