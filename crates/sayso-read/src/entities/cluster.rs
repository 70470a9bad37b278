//! Which names of a document mean the same: equal ones, surnames, acronyms, short forms.
//!
//! Each rule has a name; a short form joins the longer name that stands before it most
//! recently, else the one that follows first.

use std::collections::HashMap;
use std::ops::Range;

use super::decode::NameClass;
use super::name::{capital, without_article, without_possessive};
use crate::prose::words;

/// A name in the text.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// The mention, without article and possessive mark.
    pub mention: Range<usize>,
    /// The name in it.
    pub core: Range<usize>,
    pub class: NameClass,
    /// Words of the core as compared: lower case, aliases put in one form.
    pub key: Vec<String>,
}

impl Name {
    pub(crate) fn new(text: &str, range: Range<usize>, class: NameClass) -> Self {
        let mention = without_article(text, without_possessive(text, range));
        let core = super::name::core(text, mention.clone(), class);
        let key = key(text, core.clone());
        Self {
            mention,
            core,
            class,
            key,
        }
    }
}

/// Names of one entity, in text order, and the rule by which each joined the first.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub names: Vec<Name>,
    pub rule: Option<&'static str>,
}

impl Cluster {
    /// The fullest name: most words with a capital letter, then most words, then the earliest;
    /// a short form in brackets is fuller than a description in common nouns.
    pub(crate) fn fullest(&self, text: &str) -> Option<&Name> {
        self.names.iter().max_by_key(|n| {
            let all = words(text, n.core.clone());
            let capitals = all.iter().filter(|w| capital(text, w)).count();
            let plain = all.len() > 2 * capitals;
            (
                capitals,
                !plain,
                n.key.len(),
                std::cmp::Reverse(n.core.start),
            )
        })
    }

    /// The commonest class; of several the one that stands first.
    pub(crate) fn class(&self) -> NameClass {
        let mut counts: HashMap<NameClass, usize> = HashMap::new();
        for name in &self.names {
            *counts.entry(name.class).or_default() += 1;
        }
        self.names
            .iter()
            .map(|n| n.class)
            .max_by_key(|c| counts.get(c).copied().unwrap_or(0))
            .unwrap_or(NameClass::Organization)
    }
}

/// The words of a name as they are compared.
fn key(text: &str, core: Range<usize>) -> Vec<String> {
    let mut out: Vec<String> = words(text, core)
        .into_iter()
        .filter_map(|w| text.get(w))
        .map(|w| {
            w.trim_end_matches("’s")
                .trim_end_matches("'s")
                .replace('.', "")
                .to_lowercase()
        })
        .collect();
    if let Some(full) = alias(&out.join(" ")) {
        out = full.split(' ').map(str::to_owned).collect();
    }
    out
}

/// States and bodies that news call by several names.
fn alias(name: &str) -> Option<&'static str> {
    Some(match name {
        "us" | "usa" | "united states of america" => "united states",
        "uk" | "great britain" | "britain" => "united kingdom",
        "un" => "united nations",
        "eu" => "european union",
        "uae" => "united arab emirates",
        _ => return None,
    })
}

/// Groups names; clusters stand in the order of their first mentions.
pub(crate) fn cluster(text: &str, names: Vec<Name>) -> Vec<Cluster> {
    let mut groups: Vec<Cluster> = Vec::new();
    let mut by_key: HashMap<(Vec<String>, bool), usize> = HashMap::new();
    for name in names {
        let group = *by_key
            .entry((name.key.clone(), person(&name)))
            .or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.names.push(name),
            None => groups.push(Cluster {
                names: vec![name],
                rule: None,
            }),
        }
    }
    join_short_forms(text, groups)
}

fn person(name: &Name) -> bool {
    name.class == NameClass::Person
}

/// Every group of a short form goes into the group of its long form.
fn join_short_forms(text: &str, groups: Vec<Cluster>) -> Vec<Cluster> {
    let forms = LongForms::new(text, &groups);
    let mut target: Vec<Option<(usize, &'static str)>> = vec![None; groups.len()];
    for (index, slot) in target.iter_mut().enumerate() {
        let short = &groups[index];
        let longer = forms
            .of(text, short, index)
            .into_iter()
            .filter_map(|i| Some((i, joins(text, short, &groups[i])?)));
        *slot = nearest(&groups, index, longer);
    }
    let mut out: Vec<Cluster> = Vec::new();
    let mut place: Vec<Option<usize>> = vec![None; groups.len()];
    let roots: Vec<(usize, Option<&'static str>)> =
        (0..groups.len()).map(|i| root(&target, i)).collect();
    for (index, group) in groups.into_iter().enumerate() {
        let (to, rule) = roots[index];
        if let Some(at) = place[to] {
            out[at].names.extend(group.names);
            out[at].rule = out[at].rule.or(rule);
        } else {
            place[to] = Some(out.len());
            out.push(Cluster {
                names: group.names,
                rule,
            });
        }
    }
    for group in &mut out {
        group
            .names
            .sort_by_key(|n| (n.mention.start, n.mention.end));
    }
    out
}

/// Where long forms are looked up: by first and last word, initials, beginning of the last
/// word (for other spellings), and the place where they end (for brackets behind them).
struct LongForms {
    by_feature: HashMap<String, Vec<usize>>,
    by_end: HashMap<usize, usize>,
}

impl LongForms {
    /// Of the groups with one feature only so many on each side of the short form are looked at.
    const NEAR: usize = 64;
    /// Letters in which spellings of one name agree.
    const STEM: usize = 3;

    fn new(text: &str, groups: &[Cluster]) -> Self {
        let mut out = Self {
            by_feature: HashMap::new(),
            by_end: HashMap::new(),
        };
        for (index, group) in groups.iter().enumerate() {
            for name in &group.names {
                out.by_end.insert(name.mention.end, index);
                out.by_end.insert(name.core.end, index);
            }
            let Some(first) = group.names.first().filter(|n| n.key.len() > 1) else {
                continue;
            };
            let mut features = word_features(&first.key);
            features.extend(initials(text, first).map(|i| format!("i:{i}")));
            features.sort();
            features.dedup();
            for feature in features {
                out.by_feature.entry(feature).or_default().push(index);
            }
        }
        out
    }

    /// Groups that may be long forms of a short one.
    fn of(&self, text: &str, short: &Cluster, index: usize) -> Vec<usize> {
        let Some(name) = short.names.first() else {
            return Vec::new();
        };
        let letters = text.get(name.core.clone()).map(|w| w.replace('.', ""));
        let mut features = word_features(&name.key);
        features.extend(letters.map(|l| format!("i:{l}")));
        let mut out: Vec<usize> = features
            .iter()
            .filter_map(|f| self.by_feature.get(f))
            .flat_map(|all| {
                let at = all.partition_point(|&i| i < index);
                all[at.saturating_sub(Self::NEAR)..all.len().min(at + Self::NEAR)]
                    .iter()
                    .copied()
            })
            .collect();
        out.extend(
            bracketed(text, name)
                .and_then(|before| self.by_end.get(&before))
                .copied(),
        );
        out.sort_unstable();
        out.dedup();
        out.retain(|&i| i != index);
        out
    }
}

fn word_features(key: &[String]) -> Vec<String> {
    let stem = |w: &String| w.chars().take(LongForms::STEM).collect::<String>();
    let first = key.first().map(|w| format!("f:{w}"));
    let last = key.last().map(|w| format!("l:{w}"));
    let spelt = key.last().map(|w| format!("s:{}", stem(w)));
    [first, last, spelt].into_iter().flatten().collect()
}

/// Follows short forms to the longest; in a ring the one that stands first is taken for it.
fn root(target: &[Option<(usize, &'static str)>], index: usize) -> (usize, Option<&'static str>) {
    let mut path = vec![index];
    let mut rule = None;
    while let Some((next, by)) = target[path[path.len() - 1]] {
        rule = rule.or(Some(by));
        if let Some(at) = path.iter().position(|&p| p == next) {
            let first = path[at..].iter().copied().min().unwrap_or(next);
            return (first, rule.filter(|_| first != index));
        }
        path.push(next);
    }
    (path[path.len() - 1], rule)
}

/// Of the possible long forms the one mentioned last before the short form, else the first behind it.
fn nearest(
    groups: &[Cluster],
    short: usize,
    longer: impl Iterator<Item = (usize, &'static str)>,
) -> Option<(usize, &'static str)> {
    let at = groups[short].names.first()?.mention.start;
    longer.min_by_key(|(i, _)| {
        let before = groups[*i]
            .names
            .iter()
            .map(|n| n.mention.start)
            .filter(|&s| s <= at)
            .max();
        match before {
            Some(start) => (0, at - start),
            None => (
                1,
                groups[*i]
                    .names
                    .first()
                    .map_or(usize::MAX, |n| n.mention.start - at),
            ),
        }
    })
}

/// The rule by which a short form means the long one.
fn joins(text: &str, short: &Cluster, long: &Cluster) -> Option<&'static str> {
    let (s, l) = (short.names.first()?, long.names.first()?);
    if in_brackets(text, s, long) {
        return Some("name.brackets");
    }
    let surname_only = s.class == NameClass::Organization && s.key.len() == 1;
    if person(l) && surname_only && l.key.len() > 1 && l.key.last() == s.key.first() {
        return Some("name.surname");
    }
    // "Marwar" beside "Marwar Metals", whatever the network took it for
    let firm = l.class == NameClass::Organization && s.key.len() == 1 && l.key.len() > 1;
    if person(s) && firm && l.key.first() == s.key.first() {
        return Some("name.short_form");
    }
    if person(s) != person(l) {
        return None;
    }
    if person(s) {
        return person_joins(s, l);
    }
    if is_acronym(text, s, l) {
        return Some("name.acronym");
    }
    let definite = preceded_by_article(text, s);
    let (a, b) = (&s.key, &l.key);
    if a.len() >= b.len() || a.is_empty() {
        return None;
    }
    // places that share words are often different ones: "Jersey", "New Jersey"
    if s.class == NameClass::Place || l.class == NameClass::Place {
        return None;
    }
    if b.ends_with(a) && (a.len() > 1 || definite && l.mention.start < s.mention.start) {
        return Some("name.short_form");
    }
    let goes_on = b
        .get(a.len())
        .is_some_and(|w| matches!(w.as_str(), "in" | "of" | "for" | "on"));
    (b.starts_with(a) && goes_on && (a.len() > 1 || definite)).then_some("name.short_form")
}

fn person_joins(short: &Name, long: &Name) -> Option<&'static str> {
    let (a, b) = (&short.key, &long.key);
    let (last_a, last_b) = (a.last()?, b.last()?);
    if a.len() < b.len() {
        if last_a == last_b && a.iter().all(|w| b.contains(w)) {
            return Some("name.surname");
        }
        if a.len() == 1 && Some(last_a) == b.first() {
            return Some("name.first_name");
        }
        if a.len() == 1 && spelt_alike(last_a, last_b) {
            return Some("name.spelling");
        }
    }
    None
}

/// Two long surnames that differ by one letter: reports spell foreign names in several ways.
fn spelt_alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().min(b.len()) < 7 || a.first() != b.first() || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let rest = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    a.len().max(b.len()) - rest.min(a.len().min(b.len())) <= 1
}

/// "Syrian Democratic Forces (SDF)": the short form stands in brackets behind the long one.
fn in_brackets(text: &str, short: &Name, long: &Cluster) -> bool {
    bracketed(text, short).is_some_and(|end| {
        long.names
            .iter()
            .any(|n| n.mention.end == end || n.core.end == end)
    })
}

/// Where the words before a bracket end in which a short form stands alone.
fn bracketed(text: &str, short: &Name) -> Option<usize> {
    let before = text.get(..short.core.start)?;
    let opened = before
        .strip_suffix('(')
        .or_else(|| before.strip_suffix(", or "))?;
    let closed = text.get(short.core.end..)?.starts_with([')', ',']);
    (closed && short.key.len() == 1).then(|| opened.trim_end().len())
}

/// Whether the short form's letters are the initials of the long one's words.
fn is_acronym(text: &str, short: &Name, long: &Name) -> bool {
    let Some(letters) = text.get(short.core.clone()).map(|w| w.replace('.', "")) else {
        return false;
    };
    let count = letters.chars().count();
    (2..=7).contains(&count)
        && letters.chars().all(char::is_uppercase)
        && initials(text, long).any(|i| i == letters)
}

/// The initials of a name's words: of those with a capital letter, and of all.
fn initials(text: &str, name: &Name) -> impl Iterator<Item = String> {
    let parts = words(text, name.core.clone());
    let of = |every: bool| -> String {
        parts
            .iter()
            .filter(|w| every || capital(text, w))
            .flat_map(|w| text.get(w.clone()).unwrap_or_default().split('-'))
            .filter_map(|w| w.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let several = parts.len() > 1;
    [of(false), of(true)].into_iter().filter(move |_| several)
}

fn preceded_by_article(text: &str, name: &Name) -> bool {
    text.get(..name.mention.start)
        .is_some_and(|before| before.ends_with("the ") || before.ends_with("The "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(text: &str, names: &[(&str, NameClass)]) -> Vec<Vec<String>> {
        let mut from = 0;
        let names = names
            .iter()
            .map(|(words, class)| {
                let start = from + text[from..].find(words).expect("the name is there");
                from = start + words.len();
                Name::new(text, start..from, *class)
            })
            .collect();
        cluster(text, names)
            .iter()
            .map(|c| {
                c.names
                    .iter()
                    .map(|n| text[n.core.clone()].to_owned())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn surnames_acronyms_and_short_forms_join() {
        use NameClass::{Organization as O, Person as P, Place as L};
        let text = "Kazem Gharibabadi met the Syrian Democratic Forces (SDF) and The Washington Post in Jersey. \
                    Gharbabadi left; the Post and the SDF stayed in New Jersey.";
        assert_eq!(
            clusters(
                text,
                &[
                    ("Kazem Gharibabadi", P),
                    ("Syrian Democratic Forces", O),
                    ("SDF", O),
                    ("The Washington Post", O),
                    ("Jersey", L),
                    ("Gharbabadi", P),
                    ("Post", O),
                    ("SDF", O),
                    ("New Jersey", L),
                ]
            ),
            [
                vec!["Kazem Gharibabadi", "Gharbabadi"],
                vec!["Syrian Democratic Forces", "SDF", "SDF"],
                vec!["Washington Post", "Post"],
                vec!["Jersey"],
                vec!["New Jersey"],
            ]
        );
    }

    #[test]
    fn a_surname_of_two_means_the_one_before() {
        use NameClass::Person as P;
        let text = "Ann Lee spoke. Lee left. Bob Lee came. Lee sat.";
        let got = clusters(
            text,
            &[("Ann Lee", P), ("Lee", P), ("Bob Lee", P), ("Lee", P)],
        );
        assert_eq!(got, [vec!["Ann Lee", "Lee", "Lee"], vec!["Bob Lee"]]);
    }
}
