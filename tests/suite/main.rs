//! The one test binary. Cases are files under `tests/cases`; the rest are tests of the whole
//! program and of the sources themselves.
//!
//! `UPDATE=1 cargo test` writes what really comes out into the case files; read the difference.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on has failed"
)]

mod actors;
mod adapted;
mod cases;
mod console;
mod defects;
mod determinism;
mod fresh;
mod golden;
mod identification;
mod kinds;
mod length;
mod output;
mod packs;
mod papers;
mod printed;
mod programmes;
mod readme;
mod reasons;
mod schemas;
mod shapes;
mod shelf;
mod source_002;
mod source_facts;
mod source_programmes;
mod source_roadmaps;
mod source_tables;
mod tidy;
mod why_not;

use std::path::PathBuf;

use libtest_mimic::{Arguments, Failed, Trial};

/// The root of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = cases::trials();
    trials.extend(packs::trials());
    trials.extend(golden::trials());
    trials.extend(identification::trials());
    trials.extend(why_not::trials());
    for (name, test) in [
        ("tidy::imports_point_downwards", tidy::imports_point_downwards as fn() -> Outcome),
        ("tidy::files_are_small", tidy::files_are_small),
        ("tidy::no_leftovers", tidy::no_leftovers),
        ("tidy::codes_are_unique", tidy::codes_are_unique),
        ("readme::commands_parse", readme::commands_parse),
        ("readme::projects_of_the_guide_are_accepted", readme::projects_of_the_guide_are_accepted),
        (
            "reasons::deficits_have_reasons_of_their_own",
            reasons::deficits_have_reasons_of_their_own,
        ),
        ("papers::papers_of_khabarovsk", papers::papers_of_khabarovsk),
        ("papers::papers_of_lesosibirsk", papers::papers_of_lesosibirsk),
        ("schemas::every_json_is_valid", schemas::every_json_is_valid),
        (
            "schemas::a_whole_programme_fills_the_contract",
            schemas::a_whole_programme_fills_the_contract,
        ),
        ("schemas::a_missing_field_is_noticed", schemas::a_missing_field_is_noticed),
        (
            "source_002::the_pack_says_what_the_source_prints",
            source_002::the_pack_says_what_the_source_prints,
        ),
        ("source_programmes::khabarovsk", source_programmes::khabarovsk),
        ("source_programmes::lesosibirsk", source_programmes::lesosibirsk),
        ("source_tables::lesosibirsk", source_tables::lesosibirsk),
        ("source_facts::lesosibirsk", source_facts::lesosibirsk),
        ("source_roadmaps::the_krai", source_roadmaps::the_krai),
        ("source_roadmaps::the_settlement", source_roadmaps::the_settlement),
        (
            "kinds::kindergartens_print_no_word_of_schools",
            kinds::kindergartens_print_no_word_of_schools,
        ),
        ("length::bodies_of_programmes_are_short", length::bodies_of_programmes_are_short),
        ("source_roadmaps::the_plan_of_2020", source_roadmaps::the_plan_of_2020),
        ("source_roadmaps::the_plan_of_2021", source_roadmaps::the_plan_of_2021),
        ("source_roadmaps::the_plan_of_2022", source_roadmaps::the_plan_of_2022),
        ("source_roadmaps::the_plan_of_lesosibirsk", source_roadmaps::the_plan_of_lesosibirsk),
        (
            "source_roadmaps::the_roadmap_of_municipalities",
            source_roadmaps::the_roadmap_of_municipalities,
        ),
        ("adapted::nothing_of_the_base_is_left", adapted::nothing_of_the_base_is_left),
        ("adapted::every_part_can_be_explained", adapted::every_part_can_be_explained),
        ("defects::lists_are_well_formed", defects::lists_are_well_formed),
        ("determinism::two_builds_are_one", determinism::two_builds_are_one),
        ("determinism::edits_survive_a_rebuild", determinism::edits_survive_a_rebuild),
        ("programmes::no_link_of_the_chain_is_empty", programmes::no_link_of_the_chain_is_empty),
        (
            "programmes::each_school_has_its_own_programme",
            programmes::each_school_has_its_own_programme,
        ),
        ("fresh::a_new_project_is_accepted", fresh::a_new_project_is_accepted),
        ("shapes::a_shape_is_what_the_reference_says", shapes::a_shape_is_what_the_reference_says),
        ("shapes::no_two_paragraphs_are_alike", shapes::no_two_paragraphs_are_alike),
        ("output::a_file_changed_by_hand_stops_the_build", output::a_changed_file_stops),
        ("output::what_is_no_longer_made_is_removed", output::what_is_not_made_is_removed),
        ("output::nothing_is_half_written", output::nothing_is_half_written),
    ] {
        trials.push(Trial::test(name, test));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// What a test returns.
pub type Outcome = Result<(), Failed>;
