//! Going through statements or events, a key for each decision.

use std::io::{self, Write as _};

use anstream::AutoStream;
use anstyle::Style;
use anyhow::anyhow;
use sayso::case::{Action, Case, EventRow, Kind, Query, Reviewer, Rows, StatementRow, Target};
use sayso::output::rows::one_line;
use serde_json::{Map, Value};

use super::keys::Keys;
use super::{correction, value_of};
use crate::program::case::ask::{At, parts};
use crate::program::terminal;

/// Without a question: what nobody has decided on.
const ALL: &str = "show:statements reviewed:no";
/// Characters around the words decided on.
const AROUND: usize = 160;
const HELP: &str = "a it is right · r there is no such thing · c correct a field · n a statement that was missed \
                    · e an event that was missed · s or enter: leave it · w say why, for the next decision \
                    · u undo the last decision · ? this · q end";

/// Something to decide on.
struct Item {
    target: Target,
    head: String,
    details: String,
    place: Where,
}

/// The words decided on.
enum Where {
    /// In the document's text, in characters.
    Text(usize, usize),
    /// With those before and after them.
    Words([String; 3]),
}

/// Shows one after the other what fits the question, and keeps each decision at once.
pub(super) fn run(case: &mut Case, question: &str, who: &str) -> anyhow::Result<()> {
    let question = if question.trim().is_empty() {
        ALL
    } else {
        question
    };
    let mut keys = Keys::new();
    let mut session = Session::new(who, false);
    let mut after: Option<String> = None;
    loop {
        let asked = match &after {
            Some(token) => format!("{question} after:{token}"),
            None => question.to_owned(),
        };
        let query = Query::parse(&asked).map_err(|e| anyhow!("{e}"))?;
        let answer = case.ask(&query, None)?;
        let items = items(&answer.rows)?;
        for item in &items {
            if !session.decide(case, item, &mut keys)? {
                session.end();
                return Ok(());
            }
        }
        after = answer.next;
        if after.is_none() {
            session.end();
            return Ok(());
        }
    }
}

/// Shows one after the other what others decided on, as the reader found it, and keeps what is
/// thought of it.
pub(super) fn second(case: &mut Case, who: &str) -> anyhow::Result<()> {
    let looks = case.second(who, 0, usize::MAX)?.looks;
    if looks.is_empty() {
        terminal::say(&format!("nothing that others decided on is left for {who}"));
        return Ok(());
    }
    let mut keys = Keys::new();
    let mut session = Session::new(who, true);
    for look in &looks {
        let title = case.reading(&look.target.document)?.document.title;
        let item = Item {
            target: look.target.clone(),
            head: parts(&[title.as_deref()]),
            details: details(&look.item),
            place: Where::Words([look.before.clone(), look.words.clone(), look.after.clone()]),
        };
        if !session.decide(case, &item, &mut keys)? {
            break;
        }
    }
    session.end();
    Ok(())
}

/// The closed values of an item.
fn details(item: &Value) -> String {
    let at = |path: &str| item.pointer(path).and_then(Value::as_str);
    let negated = item.get("negated") == Some(&Value::Bool(true));
    parts(&[
        at("/type"),
        at("/mode"),
        at("/realis"),
        at("/source/kind"),
        at("/source/role"),
        at("/cue/lemma"),
        at("/act"),
        at("/certainty"),
        negated.then_some("negated"),
        at("/quote"),
    ])
}

fn items(rows: &Rows) -> anyhow::Result<Vec<Item>> {
    match rows {
        Rows::Statements(rows) => Ok(rows.iter().map(statement).collect()),
        Rows::Events(rows) => Ok(rows.iter().map(event).collect()),
        Rows::Documents(_) => Err(anyhow!(
            "documents cannot be decided on; ask for show:statements or show:events"
        )),
    }
}

fn place(at: i64) -> usize {
    usize::try_from(at).unwrap_or(0)
}

fn statement(row: &StatementRow) -> Item {
    let negated = row.negated.then_some("negated");
    Item {
        target: At::from(row).target(),
        head: At::from(row).page(),
        details: parts(&[
            Some(row.source.as_deref().unwrap_or("no source")),
            row.source_kind.as_deref(),
            row.role.as_deref(),
            row.cue.as_deref(),
            row.act.as_deref(),
            row.certainty.as_deref(),
            negated,
            row.chain.as_deref(),
        ]),
        place: Where::Text(place(row.start), place(row.end)),
    }
}

fn event(row: &EventRow) -> Item {
    Item {
        target: At::from(row).target(),
        head: At::from(row).page(),
        details: parts(&[
            Some(&row.kind),
            row.mode.as_deref(),
            Some(&row.realis),
            row.actor.as_deref(),
            row.recipient.as_deref(),
            row.place.as_deref(),
            row.edtf.as_deref(),
            row.according_to.as_deref(),
        ]),
        place: Where::Text(place(row.start), place(row.end)),
    }
}

struct Session<'w> {
    who: &'w str,
    /// For the next decision.
    why: Option<String>,
    /// Entries of this session that count.
    made: Vec<i64>,
    /// They are second opinions.
    second: bool,
}

impl<'w> Session<'w> {
    const fn new(who: &'w str, second: bool) -> Self {
        Self {
            who,
            why: None,
            made: Vec::new(),
            second,
        }
    }

    /// Shows an item until it is decided on or left; `false` where somebody wants to end.
    fn decide(&mut self, case: &mut Case, item: &Item, keys: &mut Keys) -> anyhow::Result<bool> {
        show(case, item)?;
        loop {
            let mut out = io::stdout().lock();
            write!(out, "[a r c n e s w u ? q] ")?;
            out.flush()?;
            drop(out);
            let Some(key) = keys.key()? else {
                return Ok(false);
            };
            let action = match key.to_ascii_lowercase() {
                'a' => Action::Accept(item.target.clone()),
                'r' => Action::Reject(item.target.clone()),
                'c' => match correction(item.target.clone(), &keys.line("field=value:")?) {
                    Ok(action) => action,
                    Err(error) => {
                        terminal::complain(&error);
                        continue;
                    }
                },
                'n' | 'e' => match missed(key == 'e', item, keys)? {
                    Some(action) => action,
                    None => continue,
                },
                's' => return Ok(true),
                'w' => {
                    let why = keys.line("why:")?;
                    self.why = (!why.is_empty()).then_some(why);
                    continue;
                }
                'u' => {
                    let Some(entry) = self.made.pop() else {
                        terminal::say("nothing was decided in this session yet");
                        continue;
                    };
                    Action::Undo(entry)
                }
                'q' => return Ok(false),
                _ => {
                    writeln!(io::stdout(), "{HELP}")?;
                    continue;
                }
            };
            // a correction may be followed by another: the item stays
            let goes_on = matches!(action, Action::Accept(_) | Action::Reject(_));
            if self.keep(case, &action) && goes_on {
                return Ok(true);
            }
        }
    }

    /// Whether it could be decided so.
    fn keep(&mut self, case: &mut Case, action: &Action) -> bool {
        let reviewer = Reviewer {
            who: self.who,
            why: self.why.as_deref(),
        };
        let entry = if self.second {
            case.opine(reviewer, action)
        } else {
            case.decide(reviewer, action)
        };
        match entry {
            Ok(entry) => {
                if !matches!(action, Action::Undo(_)) {
                    self.made.push(entry);
                }
                self.why = None;
                terminal::say(&format!("entry {entry}"));
                true
            }
            Err(error) => {
                terminal::complain(&error);
                false
            }
        }
    }

    fn end(self) {
        let made = sayso::output::labels::count(self.made.len(), "decision");
        terminal::say(&format!("{made} by {}", self.who));
    }
}

/// Something that was missed in the item's document; `None` where nothing was said of it.
fn missed(event: bool, item: &Item, keys: &mut Keys) -> io::Result<Option<Action>> {
    let (kind, fields) = if event {
        (Kind::Event, ["trigger", "type", "actor"])
    } else {
        (Kind::Attribution, ["content", "source", "act"])
    };
    let mut given = Map::new();
    let told = keys.line(&format!(
        "{} (words of the text; several fields as field=value; …):",
        fields[0]
    ))?;
    // from a script all fields stand on the line; at a terminal each is asked for
    if told.contains('=') {
        for field in told.split(';') {
            if let Some((field, value)) = field.split_once('=') {
                given.insert(field.trim().to_owned(), value_of(value));
            }
        }
    } else if !told.is_empty() {
        given.insert(fields[0].to_owned(), Value::String(told));
        for field in [fields[1], fields[2]] {
            let value = keys.line(&format!("{field}:"))?;
            if !value.is_empty() {
                given.insert(field.to_owned(), value_of(&value));
            }
        }
    }
    Ok((!given.is_empty()).then(|| Action::Add {
        document: item.target.document.clone(),
        kind,
        item: Value::Object(given),
    }))
}

/// The words decided on among those around them.
fn show(case: &Case, item: &Item) -> anyhow::Result<()> {
    let [before, words, after] = match &item.place {
        Where::Words(words) => words.clone(),
        Where::Text(start, end) => {
            let reading = case.reading(&item.target.document)?;
            let text: Vec<char> = reading.document.text().chars().collect();
            let slice = |from: usize, to: usize| -> String {
                let stretch = text.get(from.min(text.len())..to.min(text.len()));
                stretch.unwrap_or_default().iter().collect()
            };
            [
                slice(start.saturating_sub(AROUND), *start),
                slice(*start, *end),
                slice(*end, end.saturating_add(AROUND)),
            ]
        }
    };
    let bold = Style::new().bold();
    let mut out = AutoStream::auto(io::stdout().lock());
    let target = format!("{}#{}", item.target.document, item.target.local);
    writeln!(out, "\n{}", parts(&[Some(&item.head), Some(&target)]))?;
    writeln!(
        out,
        "… {} {bold}[{}]{bold:#} {} …",
        one_line(&before),
        one_line(&words),
        one_line(&after)
    )?;
    writeln!(out, "{}", item.details)?;
    Ok(())
}
