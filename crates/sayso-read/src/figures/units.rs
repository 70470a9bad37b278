//! Units of money and distance, and per cent.

use sayso_reading::FigureKind;

use super::line::Line;

/// What a quantity is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Money, with the currency's ISO 4217 code where it can be told.
    Money(Option<&'static str>),
    /// A distance in this unit.
    Distance(&'static str),
    /// Per cent.
    Percent,
}

impl Measure {
    pub(super) const fn kind(self) -> FigureKind {
        match self {
            Self::Money(_) => FigureKind::Money,
            Self::Distance(_) => FigureKind::Distance,
            Self::Percent => FigureKind::Other,
        }
    }

    pub(super) const fn unit(self) -> Option<&'static str> {
        match self {
            Self::Money(unit) => unit,
            Self::Distance(unit) => Some(unit),
            Self::Percent => Some("%"),
        }
    }

    /// The rule's name in the manual.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Money(_) => "figure.money",
            Self::Distance(_) => "figure.distance",
            Self::Percent => "figure.percent",
        }
    }
}

/// The currency that stands just before a number, and how many tokens it has.
pub(super) fn currency_before(line: &Line, at: usize) -> Option<(Measure, usize)> {
    let before = at.checked_sub(1)?;
    let code = match line.lower(before) {
        "$" => {
            let land = before.checked_sub(1).filter(|_| line.tight(before));
            return Some(match land.map_or("", |land| line.written(land)) {
                "US" | "U.S." => (Measure::Money(Some("USD")), 2),
                "A" | "AU" => (Measure::Money(Some("AUD")), 2),
                "C" | "CA" | "CAN" => (Measure::Money(Some("CAD")), 2),
                "HK" => (Measure::Money(Some("HKD")), 2),
                "NZ" => (Measure::Money(Some("NZD")), 2),
                _ => (Measure::Money(Some("USD")), 1),
            });
        }
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₪" => "ILS",
        "₽" => "RUB",
        "₺" => "TRY",
        "₴" => "UAH",
        "₹" => "INR",
        _ => code(line.written(before))?,
    };
    Some((Measure::Money(Some(code)), 1))
}

/// Currency codes as the text writes them.
fn code(written: &str) -> Option<&'static str> {
    [
        "USD", "EUR", "GBP", "IQD", "IRR", "ILS", "TRY", "RUB", "UAH", "SAR", "AED", "SYP", "LBP",
        "JOD", "EGP", "YER", "KWD", "CNY", "JPY", "CHF", "INR", "PKR", "AFN", "CAD", "AUD",
    ]
    .into_iter()
    .find(|code| *code == written)
}

/// The unit that stands behind a number, and how many tokens it has, a hyphen included.
pub(super) fn unit_behind(line: &Line, at: usize) -> Option<(Measure, usize)> {
    let word = line.past_hyphen(at);
    let hyphen = word - at;
    let (first, second) = (line.lower(word), line.lower(word + 1));
    let (measure, len) = match first {
        "%" | "percent" | "pct" => (Measure::Percent, 1),
        "per" if second == "cent" => (Measure::Percent, 2),
        _ => money(line, word)
            .or_else(|| distance(line, word).map(|(unit, len)| (Measure::Distance(unit), len)))?,
    };
    // "5 percentage points", "30 miles per hour", "km/h" are something else
    let behind = word + len;
    let speed =
        matches!(line.lower(behind), "/" | "per" | "an") && measure.kind() == FigureKind::Distance;
    (!speed).then_some((measure, hyphen + len))
}

/// "Dollars", "Iraqi dinars", "US dollars".
fn money(line: &Line, at: usize) -> Option<(Measure, usize)> {
    let (first, second) = (line.lower(at), line.lower(at + 1));
    if let Some(money) = currency(first, second) {
        return Some((money, 1 + usize::from(second == "sterling")));
    }
    if let Some(code) = code(line.written(at)) {
        return Some((Measure::Money(Some(code)), 1));
    }
    let code = match (first, second.trim_end_matches('s')) {
        ("us" | "u.s." | "american", "dollar") => "USD",
        ("canadian", "dollar") => "CAD",
        ("australian", "dollar") => "AUD",
        ("british", "pound") => "GBP",
        ("iraqi", "dinar") => "IQD",
        ("kuwaiti", "dinar") => "KWD",
        ("jordanian", "dinar") => "JOD",
        ("iranian", "rial") => "IRR",
        ("yemeni", "rial" | "riyal") => "YER",
        ("saudi", "riyal" | "rial") => "SAR",
        ("qatari", "riyal" | "rial") => "QAR",
        ("turkish", "lira") => "TRY",
        ("syrian", "pound" | "lira") => "SYP",
        ("lebanese", "pound" | "lira") => "LBP",
        ("egyptian", "pound") => "EGP",
        ("israeli", "shekel") => "ILS",
        ("russian", "ruble" | "rouble") => "RUB",
        ("swiss", "franc") => "CHF",
        ("indian", "rupee") => "INR",
        ("pakistani", "rupee") => "PKR",
        ("mexican", "peso") => "MXN",
        ("colombian", "peso") => "COP",
        ("chinese", "yuan") => "CNY",
        ("japanese", "yen") => "JPY",
        _ => return None,
    };
    Some((Measure::Money(Some(code)), 2))
}

/// A currency by its own name; with a code where only one is called so in the news.
fn currency(lower: &str, next: &str) -> Option<Measure> {
    let code = match lower {
        "dollars" | "dollar" => "USD",
        "euros" | "euro" => "EUR",
        // "500 pounds of explosives" is a weight; one alone cannot be told from it
        "pounds" if next == "sterling" => "GBP",
        "shekels" | "shekel" => "ILS",
        "rubles" | "roubles" => "RUB",
        "hryvnia" | "hryvnias" => "UAH",
        "yuan" | "renminbi" => "CNY",
        "yen" => "JPY",
        "afghanis" => "AFN",
        "dirhams" => "AED",
        "dinars" | "tomans" | "rials" | "riyals" | "liras" | "lira" | "rupees" | "pesos"
        | "francs" | "colones" | "cruzados" | "intis" | "australes" => {
            return Some(Measure::Money(None));
        }
        _ => return None,
    };
    Some(Measure::Money(Some(code)))
}

fn distance(line: &Line, at: usize) -> Option<(&'static str, usize)> {
    let (first, second) = (line.lower(at), line.lower(at + 1));
    Some(match first {
        "km" | "kms" | "kilometers" | "kilometres" | "kilometer" | "kilometre" => ("km", 1),
        "miles" | "mile" => ("mi", 1),
        "mi" if second != "-" => ("mi", 1),
        "nautical" if matches!(second, "miles" | "mile") => ("nm", 2),
        "nm" | "nmi" => ("nm", 1),
        "meters" | "metres" | "meter" | "metre" => ("m", 1),
        "m" if is_way(second) && !line.tight(at + 2) => ("m", 1),
        "feet" | "foot" | "ft" => ("ft", 1),
        _ => return None,
    })
}

/// Words that go on behind a distance in "m", which might be millions too.
pub(super) fn is_way(lower: &str) -> bool {
    matches!(
        lower,
        "" | ","
            | "."
            | ")"
            | "-"
            | "from"
            | "away"
            | "above"
            | "below"
            | "deep"
            | "tall"
            | "high"
            | "wide"
            | "long"
            | "north"
            | "south"
            | "east"
            | "west"
            | "up"
            | "down"
            | "off"
            | "outside"
            | "into"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "apart"
            | "across"
    )
}
