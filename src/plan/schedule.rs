//! When the chosen activities are done, and what cannot be done in time.

use super::ChosenActivity;
use super::load::{Overload, overloads};
use crate::base::Id;
use crate::calendar::{self, Conflict, Job, Moved, Off, Period, Slot, Timetable, Who};
use crate::diag::Diagnostic;
use crate::model::{Model, job, links};
use crate::russian::{DateStyle, date};

/// Codes of this stage.
pub mod codes {
    use crate::diag::Code;

    pub const NOT_IN_TIME: Code = Code(56);
    pub const DAYS_OFF: Code = Code(60);
    pub const NO_ROUND: Code = Code(61);
    pub const PERIOD: Code = Code(62);

    pub const ALL: &[(Code, &str)] = &[
        (NOT_IN_TIME, "Выбранные мероприятия не укладываются в свои сроки"),
        (DAYS_OFF, "Весь срок приходится на нерабочие дни"),
        (NO_ROUND, "Целевое значение некому сверить: ни одно мероприятие его не измеряет"),
        (
            PERIOD,
            "Срок программы не сходится со сроками мероприятий, с появлением значений или с датой",
        ),
    ];
}

/// When everything chosen is done.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    timetable: Timetable,
    /// The activities of the critical path, each with the place of its time among its own.
    pub critical: Vec<(Id, usize)>,
    /// How many activities a month one person can carry, where the programme says so.
    pub limit: Option<u32>,
    /// Who has more to do in a month than that.
    pub overloads: Vec<Overload>,
}

impl Schedule {
    /// The times of an activity, as many as it has occurrences.
    pub fn of(&self, activity: &Id) -> &[Slot] {
        self.timetable.of(activity)
    }

    /// Whether any of its times lies on the critical path.
    pub fn is_critical(&self, activity: &Id) -> bool {
        self.of(activity).iter().any(|slot| slot.critical)
    }

    /// What cannot be scheduled, naming the rules in conflict.
    pub fn faults(&self, model: &Model) -> Vec<Diagnostic> {
        let mut told: Vec<(&Id, &Id)> = Vec::new();
        let mut faults = Vec::new();
        for conflict in &self.timetable.conflicts {
            let pair = (&conflict.earlier, &conflict.later);
            if !told.contains(&pair) {
                told.push(pair);
                faults.push(fault(model, conflict));
            }
        }
        faults
    }

    /// What was moved because its whole term is days off, once an activity.
    pub fn remarks(&self, model: &Model) -> Vec<Diagnostic> {
        let mut told: Vec<&Id> = Vec::new();
        let mut remarks = Vec::new();
        for moved in &self.timetable.moved {
            if !told.contains(&&moved.job) {
                told.push(&moved.job);
                remarks.extend(days_off(model, moved));
            }
        }
        remarks
    }
}

/// Fits the chosen activities into their windows.
pub fn schedule(
    model: &Model,
    chosen: &[ChosenActivity],
    period: &Period,
    limit: Option<u32>,
) -> Schedule {
    let jobs: Vec<_> = chosen
        .iter()
        .map(|chosen| {
            let job = job(model, &chosen.id, chosen.occurrences.clone(), period);
            // What was moved into the programme is waited for like everything else.
            if chosen.moved { Job { missed: Vec::new(), ..job } } else { job }
        })
        .collect();
    let timetable = calendar::schedule(&jobs, &links(model), model.calendar());
    let critical = timetable.critical.clone();
    let overloads = limit.map(|limit| overloads(model, chosen, &timetable, limit));
    Schedule { timetable, critical, limit, overloads: overloads.unwrap_or_default() }
}

fn days_off(model: &Model, moved: &Moved) -> Option<Diagnostic> {
    let activity = model.activities.get(&moved.job)?;
    let day = |at| date(at, DateStyle::Full);
    let (from, to) = (moved.window.from, moved.window.to);
    let when = if from == to { day(from) } else { format!("с {} по {}", day(from), day(to)) };
    let off = model.calendar().off(from, activity.who());
    let why = match off {
        Some(Off::By(entry)) => format!("«{}»", entry.what.words()),
        _ => "выходные".to_owned(),
    };
    let kind = if activity.who() == Who::Pupils { "учебный" } else { "рабочий" };
    let message = format!(
        "срок мероприятия «{}», {when}, весь приходится на нерабочие дни ({why}): оно поставлено на ближайший {kind} день, {}",
        moved.job,
        day(moved.to)
    );
    let place = activity.term_edited.unwrap_or(activity.meta.span);
    let remark = Diagnostic::warning(codes::DAYS_OFF, place, message)
        .with_hint("назначьте другой срок правкой проекта или поправьте раздел [calendar]");
    Some(match off {
        Some(Off::By(entry)) => remark.with_label(entry.place, "так сказано в календаре"),
        _ => remark,
    })
}

fn fault(model: &Model, conflict: &Conflict) -> Diagnostic {
    let day = |at| date(at, DateStyle::Full);
    let message = format!(
        "«{}» не успеть после «{}»: начать нужно не позже {}, а ждать придётся по {} включительно",
        conflict.later,
        conflict.earlier,
        day(conflict.start_by),
        day(conflict.over)
    );
    let mut fault = Diagnostic::error(codes::NOT_IN_TIME, conflict.place, message);
    for (id, what) in [(&conflict.earlier, "это раньше"), (&conflict.later, "это позже")]
    {
        if let Some(activity) = model.activities.get(id) {
            fault = fault.with_label(activity.meta.span, what);
            if let Some(edited) = activity.term_edited {
                fault = fault.with_label(edited, "этот срок поставила правка проекта");
            }
        }
    }
    fault.with_hint(
        "сдвиньте срок программы или срок мероприятия в правках проекта, или в пакете поправьте сроки и скажите, сколько \
         мероприятие длится: «длится 1 неделю»",
    )
}
