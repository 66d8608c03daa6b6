//! What the grammar wanted, in words.

use super::shapes::Rule;

/// How a name is called: where nothing else fits, a word of the language cannot stand.
pub const NAME: &str = "имя";

/// The rules that pest would have taken, named for a methodologist, without repetition; `None`
/// where nothing of it is worth saying.
pub fn list(rules: &[Rule]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for rule in rules {
        if let Some(name) = name(*rule)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn name(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::name | Rule::path | Rule::reference | Rule::call | Rule::call_name => NAME,
        Rule::string | Rule::guillemets | Rule::straight => "текст в «ёлочках»",
        Rule::number | Rule::quantity | Rule::measure | Rule::target_value => "число с единицей",
        Rule::integer | Rule::day => "целое число",
        Rule::year | Rule::given_year | Rule::figure_year => "год из четырёх цифр",
        Rule::unit | Rule::percent | Rule::points | Rule::score => "единица измерения",
        Rule::month | Rule::month_of | Rule::months => "месяц",
        Rule::date | Rule::days => "дата, например 1 сентября 2026",
        Rule::lasting => "«дней», «недели» или «месяц»",
        Rule::of_activities => "«мероприятий в месяц»",
        Rule::quarter_word | Rule::quarters => "квартал",
        Rule::term | Rule::windows | Rule::window => "срок, например сентябрь..май",
        Rule::repeats | Rule::every_year | Rule::in_years => {
            "«каждый учебный год», «1-го года» или «последний год»"
        }
        Rule::expr | Rule::conjunction | Rule::negation | Rule::predicate => "условие",
        Rule::operand | Rule::product | Rule::factor => "величина",
        Rule::comparison | Rule::compare | Rule::lag | Rule::side => {
            "сравнение (больше, меньше, не больше, не меньше, равно, лучше, хуже)"
        }
        Rule::change | Rule::change_verb => "«вырос за год», «снизился за год»",
        Rule::run | Rule::run_verb => "«растёт 2 года подряд»",
        Rule::years => "«лет», «года» или «год»",
        Rule::or_word => "«или»",
        Rule::and_word => "«и»",
        Rule::not_word => "«не»",
        Rule::truth => "«да» или «нет»",
        Rule::kind | Rule::yes_no | Rule::percent_kind | Rule::number_kind | Rule::score_kind => {
            "вид: да/нет, процент, число, балл, отметка, дата, текст"
        }
        Rule::better => "«больше», «меньше», «да» или «нет»",
        Rule::every_what => "«учебный год», «год», «полугодие» или «квартал»",
        Rule::level_dative => "уровень: региону, муниципалитету, федерации, школе",
        Rule::level_word | Rule::any_level => "уровень: федерации, региона, муниципалитета, школы",
        Rule::at_level => "«по региону»",
        Rule::years_ago => "«год назад»",
        Rule::in_year => "«за 2026»",
        Rule::edition => "номер редакции, например 2026.1",
        Rule::unknown | Rule::unknown_word => "«неизвестно»",
        Rule::otherwise => "«иначе» или «если»",
        Rule::source_place => "имя источника",
        Rule::place_part | Rule::place_word => "место в источнике, например «раздел 1»",
        Rule::document_use => "вид документа",
        Rule::annotation => "пометка (по методисту, по источнику, исправлено)",
        Rule::printed_no => "номер с «№»",
        Rule::state => "«есть», «нет» или «неизвестно»",
        Rule::chosen_noun => "«мероприятие», «задача», «цель», «требование», «ресурс» или «риск»",
        Rule::absent_noun => "«мероприятия», «задачи», «цели», «требования», «ресурса» или «риска»",
        Rule::span_mark => "«..»",
        Rule::how_much => "«неизвестно сколько»",
        Rule::how_often => "«в год» или «один раз»",
        Rule::means => "«кадры», «финансы», «материалы» или «сеть»",
        Rule::grade => "«низкая», «средняя» или «высокая»",
        Rule::more_limits | Rule::less_limits => {
            "«лучше больше, хороший от …, плохой ниже …» или «лучше меньше, хороший до …, плохой \
             выше …»"
        }
        Rule::cell => "значение измерения, например «ухудшается»",
        Rule::onto => "«на»",
        Rule::within => "«в»",
        Rule::because => "«потому что «…»»",
        Rule::behind => "«после»",
        Rule::merged => "имя, номер и название того, что получится",
        Rule::merged_part => "имя, номер и название новой части",
        Rule::norm_per => "«за учебный год»",
        Rule::norm_for => "«для «…»»",
        Rule::norm_least => "число с единицей",
        Rule::numberless => "«без номера»",
        Rule::at_setting => "«при ⟨параметр⟩ ⟨значение⟩»",
        Rule::setting => "имя параметра или значение",
        Rule::by_default => "«по умолчанию»",
        Rule::whole_base => "«все школы» или «муниципалитет»",
        Rule::ranked => "«каждый год» или «среднее за окно»",
        Rule::the_end => "«нижние» или «верхние»",
        Rule::rest => "«остальные»",
        Rule::label_rule
        | Rule::known_in
        | Rule::enough
        | Rule::open
        | Rule::in_each_year
        | Rule::in_some_years => "правило категории, например «низкие в каждом из последних 3 лет»",
        Rule::sign | Rule::threshold | Rule::below_mean | Rule::in_band => {
            "признак, например «доля меньше 60 %»"
        }
        Rule::against => "«больше», «меньше», «не больше» или «не меньше»",
        Rule::EOI => "конец строки",
        _ => return None,
    })
}
