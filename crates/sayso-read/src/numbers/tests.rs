//! Numbers as people write them, and back from words to numbers.

use proptest::prelude::*;

use super::*;

fn parsed(text: &str) -> Option<(f64, &str, bool)> {
    let tokens = Tokens::new(text, 0..text.len());
    let number = number_at(&tokens, 0)?;
    let span = tokens.span(number.tokens)?;
    Some((number.value, &text[span.range()], number.ordinal))
}

fn words<'t>(text: &'t str, tokens: &Tokens) -> Vec<&'t str> {
    (0..tokens.len())
        .filter_map(|i| tokens.span(i..i + 1))
        .map(|s| &text[s.range()])
        .collect()
}

#[test]
fn tokens_are_words_numbers_and_marks() {
    let text = "The U.S. man’s 2,000.5 at 5 p.m., 20th A.B. 1.2.3; F-16 (é) $3m 1,23 O'Neil J. “a”";
    let tokens = Tokens::new(text, 0..text.len());
    assert_eq!(
        words(text, &tokens),
        [
            "The", "U.S.", "man", "’s", "2,000.5", "at", "5", "p.m.", ",", "20", "th", "A.B.", "1",
            ".", "2", ".", "3", ";", "F", "-", "16", "(", "é", ")", "$", "3", "m", "1", ",", "23",
            "O", "'Neil", "J", ".", "“", "a", "”"
        ]
    );
    assert_eq!(tokens.lower(3), "'s");
    assert_eq!(tokens.back(3, 1), "man");
    assert!(tokens.tight(3) && !tokens.tight(2));
    assert!(tokens.get(1).is_some_and(|t| t.capital));
    assert_eq!(tokens.behind(4), 1);
}

#[test]
fn numbers_in_digits() {
    for (text, value, words) in [
        ("12 men", 12.0, "12"),
        ("2,000 men", 2000.0, "2,000"),
        ("1.5 million men", 1.5e6, "1.5 million"),
        ("10 000 men", 10_000.0, "10 000"),
        ("3m", 3e6, "3m"),
        ("5bn", 5e9, "5bn"),
        ("40k", 40_000.0, "40k"),
        ("5-million", 5e6, "5-million"),
        ("2 dozen", 24.0, "2 dozen"),
        ("30 m", 30.0, "30"),
        ("10km", 10.0, "10"),
        ("7 hundred", 700.0, "7 hundred"),
        ("3 and a half million", 3.5e6, "3 and a half million"),
        ("12, 13", 12.0, "12"),
        ("200 and 250", 200.0, "200"),
        ("3 and a half", 3.0, "3"),
    ] {
        assert_eq!(parsed(text), Some((value, words, false)), "{text}");
    }
}

#[test]
fn numbers_in_words() {
    for (text, value, words) in [
        ("Three men", 3.0, "Three"),
        ("twenty-five men", 25.0, "twenty-five"),
        ("Two hundred and fifty men", 250.0, "Two hundred and fifty"),
        ("two hundred and a man", 200.0, "two hundred"),
        ("a hundred men", 100.0, "a hundred"),
        ("a dozen men", 12.0, "a dozen"),
        ("two dozen men", 24.0, "two dozen"),
        ("half a dozen", 6.0, "half a dozen"),
        ("half a million", 5e5, "half a million"),
        ("a half-million", 5e5, "a half-million"),
        ("a quarter of a million", 2.5e5, "a quarter of a million"),
        ("one and a half million", 1.5e6, "one and a half million"),
        ("two-and-a-half years", 2.5, "two-and-a-half"),
        ("a million and a half", 1.5e6, "a million and a half"),
        ("a hundred thousand", 1e5, "a hundred thousand"),
        ("twenty-five hundred", 2500.0, "twenty-five hundred"),
        ("ten-twelve", 10.0, "ten"),
        ("twenty-thirty", 20.0, "twenty"),
        ("one hundred and two hundred", 100.0, "one hundred"),
        ("two thousand and three thousand", 2000.0, "two thousand"),
        (
            "one hundred and fifty thousand",
            1.5e5,
            "one hundred and fifty thousand",
        ),
        (
            "three thousand five hundred",
            3500.0,
            "three thousand five hundred",
        ),
        ("one of them", 1.0, "one"),
    ] {
        assert_eq!(parsed(text), Some((value, words, false)), "{text}");
    }
    for text in [
        "a man",
        "half the men",
        "hundred",
        "dozens",
        "thousands",
        "a",
        "-",
        "é",
    ] {
        assert_eq!(parsed(text), None, "{text}");
    }
}

#[test]
fn the_last_word_that_multiplies_is_told() {
    for (text, scale) in [
        ("three hundred", 100.0),
        ("two dozen", 12.0),
        ("5 million", 1e6),
        ("two thousand five hundred", 100.0),
        ("half a million", 1e6),
        ("twelve", 1.0),
        ("2,000", 1.0),
    ] {
        let tokens = Tokens::new(text, 0..text.len());
        assert_eq!(
            number_at(&tokens, 0).map(|n| n.scale),
            Some(scale),
            "{text}"
        );
    }
}

#[test]
fn ordinals_are_marked() {
    for (text, value, words) in [
        ("21st century", 21.0, "21st"),
        ("first", 1.0, "first"),
        ("thirty-first", 31.0, "thirty-first"),
        ("twentieth", 20.0, "twentieth"),
        ("two hundredth", 200.0, "two hundredth"),
        ("one hundred and first", 101.0, "one hundred and first"),
        ("twelfth", 12.0, "twelfth"),
        ("fourth", 4.0, "fourth"),
        ("3d brigade", 3.0, "3d"),
    ] {
        assert_eq!(parsed(text), Some((value, words, true)), "{text}");
    }
    assert_eq!(parsed("dozenth"), None);
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// A number in words.
fn printed(n: u64, and: &str) -> String {
    for (scale, name) in [
        (1_000_000_000_000, "trillion"),
        (1_000_000_000, "billion"),
        (1_000_000, "million"),
        (1000, "thousand"),
        (100, "hundred"),
    ] {
        if n >= scale {
            let head = format!("{} {name}", printed(n / scale, and));
            return match n % scale {
                0 => head,
                rest if rest < 100 => format!("{head}{and} {}", printed(rest, and)),
                rest => format!("{head} {}", printed(rest, and)),
            };
        }
    }
    match usize::try_from(n).expect("small") {
        n if n < 20 => SMALL[n].to_owned(),
        n if n % 10 == 0 => TENS[n / 10 - 2].to_owned(),
        n => format!("{}-{}", TENS[n / 10 - 2], SMALL[n % 10]),
    }
}

proptest! {
    #[test]
    fn words_come_back_as_the_number(n in prop_oneof![0_u64..3000, 0_u64..1_000_000_000_000_000], and in any::<bool>()) {
        let text = printed(n, if and { " and" } else { "" });
        let (value, words, ordinal) = parsed(&text).expect("a number");
        #[allow(clippy::cast_precision_loss)]
        let expected = n as f64;
        prop_assert_eq!((value, words, ordinal), (expected, text.as_str(), false));
    }

    #[test]
    fn any_text_has_tokens_in_order(text in "(\\PC|[0-9.,'’a ]|one|hundred|and|half|[\u{a0}\n]){0,40}", from in 0_usize..10) {
        let tokens = Tokens::new(&text, from..text.len());
        let mut end = 0;
        for i in 0..tokens.len() {
            let span = tokens.span(i..i + 1).expect("a span");
            prop_assert!(span.start() >= end && span.slice(&text).is_some_and(|s| !s.is_empty()));
            end = span.end();
            if let Some(number) = number_at(&tokens, i) {
                prop_assert!(number.tokens.start == i && number.tokens.end <= tokens.len() && number.tokens.end > i);
                prop_assert!(number.value.is_finite() && number.value >= 0.0);
            }
        }
    }
}
