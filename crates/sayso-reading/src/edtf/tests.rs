//! What is a date, what it covers, and laws that hold for every one.

use edtf::level_1 as peer;
use proptest::prelude::*;

use super::*;
use crate::calendar::days_of_month;

#[test]
fn dates_of_levels_0_and_1_are_taken_as_written() {
    for given in [
        "2020",
        "2020-11",
        "2020-11-05",
        "2020-02-29",
        "2000-02-29",
        "-0043-03-15",
        "0000",
        "2020?",
        "2020-11~",
        "2020-11-05%",
        "202X",
        "20XX",
        "2020-XX",
        "2020-11-XX",
        "2020-XX-XX",
        "201X-XX",
        "2020-21",
        "2020-24~",
        "2020-11-01/2020-11-05",
        "2020/..",
        "../2020-11",
        "/2020",
        "2020-11/",
        "2020-11-05/2020-11",
        "2020-22/2020-23",
        "2023-11-15~/2024-01-15",
        "-0044",
        "-20XX",
        "Y170000002",
        "Y-10000",
        "Y-10000~/..",
    ] {
        assert_eq!(
            given.parse::<Edtf>().map(|date| date.to_string()),
            Ok(given.to_owned())
        );
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for given in [
        "",
        "20",
        "20201",
        "2020-13",
        "2020-00",
        "2020-1",
        "2020-02-30",
        "2021-02-29",
        "1900-02-29",
        "2020-11-31",
        "2020-11-00",
        "2020-11-5",
        "2020-11-05-01",
        "XXXX",
        "2XXX",
        "X020",
        "20X0",
        "202X-11",
        "2020-XX-05",
        "2020-1X",
        "2020-25",
        "2020-21-01",
        "2020-21-XX",
        "2020-11-05/2020-11-01",
        "2021/2020",
        "..",
        "/",
        "../..",
        "a/b",
        "2020/2021/2022",
        "2020-11-05T18:00",
        "+2020",
        "2020??",
        "２０２０",
        "2020-é1",
        "2020-12/2020-11",
        "2020-23/2020-22",
        "-0000",
        "-00XX",
        "Y2020",
        "Y010000",
        "Y20000-01",
        "Y99999999999999999999",
    ] {
        assert_eq!(
            given.parse::<Edtf>(),
            Err(ReadingError::Date(given.to_owned())),
            "{given}"
        );
    }
}

#[test]
fn a_day_is_made_from_its_numbers() {
    assert_eq!(
        Edtf::day(2020, 3, 9).map(|date| date.to_string()),
        Ok("2020-03-09".to_owned())
    );
    assert!(Edtf::day(2019, 2, 29).is_err());
}

#[test]
fn bounds_are_the_first_and_last_day() {
    for (given, earliest, latest) in [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-11-05%", "2020-11-05", "2020-11-05"),
        ("198X", "1980-01-01", "1989-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("-004X", "-0049-01-01", "-0040-12-31"),
        ("2021-XX", "2021-01-01", "2021-12-31"),
        ("2021-02-XX", "2021-02-01", "2021-02-28"),
        ("2020-21", "2020-03-01", "2020-05-31"),
        ("2020-23", "2020-09-01", "2020-11-30"),
        ("2019-24", "2019-12-01", "2020-02-29"),
        ("2020-02/2020-03-10", "2020-02-01", "2020-03-10"),
        ("2020/..", "2020-01-01", ""),
        ("2020/", "2020-01-01", ""),
        ("../2020-06", "", "2020-06-30"),
        ("Y170000002", "", ""),
    ] {
        let date = given.parse::<Edtf>().unwrap();
        let text = |bound: Option<Moment>| bound.map_or(String::new(), |b| b.to_string());
        assert_eq!(text(date.earliest()), earliest, "{given}");
        assert_eq!(text(date.latest()), latest, "{given}");
    }
}

#[test]
fn dates_are_built_from_what_is_known() {
    let day = Edtf::day(2020, 11, 5).unwrap();
    let month = Edtf::month(2020, 12).unwrap();
    for (built, written) in [
        (Edtf::year(2020), "2020"),
        (Edtf::year(-44), "-0044"),
        (Edtf::year(123_456), "Y123456"),
        (Edtf::decade(1987).unwrap(), "198X"),
        (Edtf::century(1987).unwrap(), "19XX"),
        (Edtf::season(2020, Season::Winter).unwrap(), "2020-24"),
        (Edtf::between(&day, &month).unwrap(), "2020-11-05/2020-12"),
        (Edtf::since(&day).unwrap(), "2020-11-05/.."),
        (Edtf::until(&month).unwrap(), "../2020-12"),
        (month.clone().approximate(), "2020-12~"),
        (
            Edtf::between(&day, &month).unwrap().approximate(),
            "2020-11-05~/2020-12~",
        ),
    ] {
        assert_eq!(built.to_string(), written);
        assert_eq!(written.parse(), Ok(built));
    }
    assert!(Edtf::between(&month, &day).is_err());
    assert!(Edtf::since(&Edtf::since(&day).unwrap()).is_err());
    assert!(Edtf::month(2020, 13).is_err());
    assert!(Edtf::month(20_200, 1).is_err());
    assert!(Edtf::decade(10_000).is_err());
}

/// Texts that look like dates, right and wrong ones.
fn forms() -> impl Strategy<Value = String> {
    let one = "-?[0-2][0-9X]{1,3}(-[0-3X][0-9X]){0,2}[?~%]?";
    prop_oneof![
        one,
        "Y-?[0-9]{4,12}",
        "(1[89]|20)[0-9]{2}(-(0[1-9]|1[0-2]|2[1-4]))?/(1[89]|20)[0-9]{2}(-(0[1-9]|1[0-2]))?",
        (one, one).prop_map(|(a, b)| format!("{a}/{b}")),
        one.prop_map(|a| format!("{a}/..")),
        one.prop_map(|a| format!("../{a}")),
        one.prop_map(|a| format!("{a}/")),
        one.prop_map(|a| format!("/{a}")),
    ]
}

type Day = (i64, u8, u8);

/// First and last day of a date as the peer reads it; none for days of a season, which it takes.
fn peer_bounds(date: peer::Date) -> Option<(Day, Day)> {
    use peer::Precision as P;
    let small = |number: u32| u8::try_from(number).unwrap();
    let years = |first: i32, last: i32| ((i64::from(first), 1, 1), (i64::from(last), 12, 31));
    let open = |start: i32, size: i32| {
        if start < 0 {
            years(start - size + 1, start)
        } else {
            years(start, start + size - 1)
        }
    };
    let months = |year: i32, first: u8, last_year: i32, last: u8| {
        let (year, last_year) = (i64::from(year), i64::from(last_year));
        let end = days_of_month(last_year, last);
        ((year, first, 1), (last_year, last, end))
    };
    Some(match date.precision() {
        P::DayOfMonth(_, m) if m > 12 => return None,
        P::Century(start) => open(start, 100),
        P::Decade(start) => open(start, 10),
        P::Year(y) | P::MonthOfYear(y) | P::DayOfYear(y) => years(y, y),
        P::Month(y, m) | P::DayOfMonth(y, m) => months(y, small(m), y, small(m)),
        P::Day(y, m, d) => {
            let day = (i64::from(y), small(m), small(d));
            (day, day)
        }
        P::Season(y, peer::Season::Spring) => months(y, 3, y, 5),
        P::Season(y, peer::Season::Summer) => months(y, 6, y, 8),
        P::Season(y, peer::Season::Autumn) => months(y, 9, y, 11),
        P::Season(y, peer::Season::Winter) => months(y, 12, y + 1, 2),
    })
}

/// The same as the peer reads it, none where that side is open; nothing where it refuses, and
/// nothing for intervals that run backwards, which it takes.
fn by_peer(given: &str) -> Option<(Option<Day>, Option<Day>)> {
    Some(match peer::Edtf::parse(given).ok()? {
        peer::Edtf::Date(date) => {
            let (first, last) = peer_bounds(date)?;
            (Some(first), Some(last))
        }
        peer::Edtf::Interval(one, two) => {
            let (first, last) = (peer_bounds(one)?.0, peer_bounds(two)?.1);
            return (first <= last).then_some((Some(first), Some(last)));
        }
        peer::Edtf::IntervalFrom(one, _) => (Some(peer_bounds(one)?.0), None),
        peer::Edtf::IntervalTo(_, two) => (None, Some(peer_bounds(two)?.1)),
        peer::Edtf::YYear(_) => (None, None),
        peer::Edtf::DateTime(_) => return None,
    })
}

proptest! {
    #[test]
    fn what_is_read_is_printed_as_it_was_written(given in prop_oneof![forms(), any::<String>()]) {
        if let Ok(date) = given.parse::<Edtf>() {
            prop_assert_eq!(date.to_string(), given);
        }
    }

    #[test]
    fn the_first_day_is_not_after_the_last(given in forms()) {
        if let Ok(date) = given.parse::<Edtf>()
            && let (Some(one), Some(two)) = (date.earliest(), date.latest())
        {
            prop_assert!(one.date() <= two.date());
        }
    }

    #[test]
    fn every_date_that_is_built_is_read_again(
        year in any::<i64>(), short in 0_u16..10_000, month in any::<u8>(), day in any::<u8>(),
    ) {
        let near = i64::from(short);
        let built = [
            Ok(Edtf::year(year)),
            Edtf::month(near, month % 14),
            Edtf::day(near, month % 14, day % 33),
            Edtf::decade(short),
            Edtf::century(short),
            Edtf::season(near, Season::Summer),
        ];
        let good: Vec<Edtf> = built.into_iter().flatten().collect();
        for one in &good {
            prop_assert_eq!(one.to_string().parse(), Ok(one.clone()));
            for two in &good {
                let made = [Edtf::between(one, two), Edtf::since(one), Edtf::until(two)];
                for interval in made.into_iter().flatten() {
                    prop_assert!(interval.is_interval());
                    prop_assert_eq!(interval.to_string().parse(), Ok(interval));
                }
            }
        }
    }

    #[test]
    fn another_reader_of_edtf_takes_the_same_and_covers_the_same(given in forms()) {
        // The peer takes no open month in an open year.
        let open_year = |side: &str| side.trim_start_matches('-').get(3..5) == Some("X-");
        if given.split('/').any(open_year) {
            return Ok(());
        }
        let day = |bound: Option<Moment>| bound.map(|b| {
            let (year, month, day) = b.date();
            (i64::from(year), month, day)
        });
        let ours = given.parse::<Edtf>().ok();
        let ours = ours.map(|date| (day(date.earliest()), day(date.latest())));
        prop_assert_eq!(ours, by_peer(&given), "{}", given);
    }
}
