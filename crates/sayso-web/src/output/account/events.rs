//! Events in words.

use sayso_reading::{
    EventMention, Participant, PlaceId, Reading, Realis, Responsibility, ResponsibilityAct,
};

use super::figures::{time, whose};
use super::{Line, Mention, figures};
use crate::output::glyphs::Glyphs;
use crate::output::rows::{DOUBT, entity_name, one_line, words};

/// An event in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The words that name the act.
    pub trigger: String,
    /// Type and mode: `assault, heavy-weapons`.
    pub kind: String,
    /// In which mode of being.
    pub realis: Realis,
    /// Who did it; empty where the text does not say.
    pub actor: Vec<String>,
    /// To whom.
    pub recipient: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub time: Option<String>,
    /// How many: killed, injured and so on.
    pub figures: Vec<String>,
    /// In whose words it stands; none: the author's.
    pub whose: Option<String>,
    /// Who claims it, denies it, is accused of it.
    pub responsibility: Vec<String>,
    /// Whether the reader is so unsure that people should look.
    pub doubtful: bool,
}

impl Told {
    /// The event in words.
    pub fn new(reading: &Reading, event: &EventMention, glyphs: Glyphs) -> Self {
        let text = reading.document.text();
        let people = |all: &[Participant]| all.iter().filter_map(|p| name(reading, p)).collect();
        let counted = |id| {
            let figure = reading.figures.iter().find(|f| f.id == id)?;
            Some(format!(
                "{} {}",
                figures::value(figure, glyphs),
                figure.kind
            ))
        };
        Self {
            trigger: words(text, &event.trigger.spans).unwrap_or_default(),
            kind: kind(event),
            realis: event.realis,
            actor: people(&event.actor),
            recipient: people(&event.recipient),
            place: event.place.and_then(|id| place(reading, id)),
            time: event.time.and_then(|id| time(reading, id, glyphs)),
            figures: event.figures.iter().copied().filter_map(counted).collect(),
            whose: event.within.map(|id| whose(reading, id)),
            responsibility: event
                .responsibility
                .iter()
                .filter_map(|r| answers(reading, r))
                .collect(),
            doubtful: event.score.value() < DOUBT,
        }
    }
}

/// A line for each event, in text order.
pub(super) fn lines(reading: &Reading, glyphs: Glyphs) -> Vec<Line> {
    let events = reading.events.iter();
    events.map(|event| line(reading, event, glyphs)).collect()
}

fn line(reading: &Reading, event: &EventMention, glyphs: Glyphs) -> Line {
    let told = Told::new(reading, event, glyphs);
    let list = |names: &[String]| names.join(", ");
    let actor = (!told.actor.is_empty()).then(|| format!("by {}", list(&told.actor)));
    let recipient =
        (!told.recipient.is_empty()).then(|| format!("{} {}", glyphs.to, list(&told.recipient)));
    let realis = (told.realis != Realis::Actual).then(|| tag(told.realis).to_owned());
    let more = [realis, actor, recipient, told.place, told.time];
    let more = more.into_iter().flatten();
    Line {
        name: told.trigger,
        value: told.kind,
        more: more
            .chain(told.figures)
            .chain(told.responsibility)
            .chain(told.whose)
            .collect(),
        doubtful: told.doubtful,
        mentions: vec![Mention {
            id: event.id.into(),
            spans: event.trigger.spans.clone(),
        }],
    }
}

/// The word that people see for a realis.
pub const fn tag(realis: Realis) -> &'static str {
    match realis {
        Realis::Actual => "happened",
        Realis::Ongoing => "ongoing",
        Realis::Planned => "planned",
        Realis::Hypothetical => "supposed",
        Realis::Negated => "denied",
        Realis::Unknown => "unknown",
    }
}

/// Type and mode in small letters: `assault, drone`.
pub fn kind(event: &EventMention) -> String {
    let name = event.event_type.as_str().to_lowercase();
    match event.mode {
        Some(mode) => format!("{name}, {mode}"),
        None => name,
    }
}

/// A participant by the fullest name of its entity, else by its words.
pub fn name(reading: &Reading, participant: &Participant) -> Option<String> {
    let name = participant.entity.and_then(|id| entity_name(reading, id));
    let name = name.map(one_line);
    name.or_else(|| words(reading.document.text(), &participant.spans))
}

fn place(reading: &Reading, id: PlaceId) -> Option<String> {
    let place = reading.places.iter().find(|place| place.id == id)?;
    Some(one_line(&place.name))
}

/// Who answers for it: `claimed by the Houthis (a3)`.
pub fn answers(reading: &Reading, responsibility: &Responsibility) -> Option<String> {
    let who = name(reading, &responsibility.who)?;
    let act = match responsibility.act {
        ResponsibilityAct::Claim => format!("claimed by {who}"),
        ResponsibilityAct::Deny => format!("denied for {who}"),
        ResponsibilityAct::Accuse => format!("{who} accused"),
    };
    Some(match responsibility.attribution {
        Some(id) => format!("{act} ({id})"),
        None => act,
    })
}
