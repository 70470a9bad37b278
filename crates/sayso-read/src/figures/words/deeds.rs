//! What befalls people, in verbs and nouns.

use sayso_reading::FigureKind;

use super::is_personnel;

/// How a word tells of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::figures) enum Form {
    /// "killed": who did it stands before it, or to whom it was done.
    Past,
    /// "killing", "kills": those to whom it is done stand behind it.
    Active,
    /// "died", "fled": those before it.
    Intransitive,
    /// "dead", "hostage": a state, of those before or behind it.
    State,
}

/// What befell people, by a word for it.
pub(in crate::figures) fn deed(lower: &str) -> Option<(FigureKind, Form)> {
    use FigureKind::{Arrested, Captured, Displaced, Injured, Killed};
    use Form::{Active, Intransitive, Past, State};
    Some(match lower {
        "killed" | "slain" | "murdered" | "assassinated" | "executed" | "beheaded"
        | "massacred" | "slaughtered" | "lynched" | "martyred" => (Killed, Past),
        "killing" | "kills" | "kill" | "murdering" | "assassinating" | "executing"
        | "beheading" | "massacring" | "slaughtering" | "martyring" => (Killed, Active),
        "died" | "dies" | "die" | "dying" | "perished" | "drowned" | "succumbed" => {
            (Killed, Intransitive)
        }
        "dead" => (Killed, State),
        "injured" | "wounded" | "hurt" | "hospitalized" | "hospitalised" | "maimed" => {
            (Injured, Past)
        }
        "injuring" | "injures" | "injure" | "wounding" | "maiming" | "hurting" => (Injured, Active),
        "captured" | "kidnapped" | "kidnaped" | "abducted" | "seized" => (Captured, Past),
        "capturing" | "captures" | "capture" | "kidnapping" | "kidnaping" | "kidnap"
        | "abducting" | "abduct" | "seizing" => (Captured, Active),
        "hostage" | "captive" | "prisoner" => (Captured, State),
        "arrested" | "detained" | "jailed" | "imprisoned" | "apprehended" => (Arrested, Past),
        "arresting" | "arrests" | "arrest" | "detaining" | "detain" | "jailing" | "imprisoning"
        | "apprehending" => (Arrested, Active),
        "custody" => (Arrested, State),
        "displaced" | "uprooted" | "evacuated" | "expelled" => (Displaced, Past),
        "displacing" | "displaces" | "displace" | "uprooting" | "evacuating" | "evacuate"
        | "expelling" => (Displaced, Active),
        "fled" | "flee" | "flees" | "fleeing" => (Displaced, Intransitive),
        "homeless" => (Displaced, State),
        _ => return None,
    })
}

/// What befell people, by a noun for it: "the death of".
pub(in crate::figures) fn deed_noun(lower: &str) -> Option<FigureKind> {
    Some(match lower {
        "death" | "deaths" | "killing" | "killings" | "murder" | "murders" | "assassination"
        | "assassinations" | "massacre" | "massacres" | "slaying" | "execution" | "executions"
        | "slaughter" | "beheading" | "lives" | "killers" | "killer" | "murderers"
        | "assassins" => FigureKind::Killed,
        "injury" | "injuries" | "wounding" => FigureKind::Injured,
        "kidnapping" | "kidnappings" | "abduction" | "abductions" | "capture" | "kidnaping"
        | "seizure" => FigureKind::Captured,
        "arrest" | "arrests" | "detention" | "detentions" | "imprisonment" => FigureKind::Arrested,
        "displacement" | "evacuation" | "exodus" | "expulsion" => FigureKind::Displaced,
        _ => return None,
    })
}

/// The kind that a counted noun tells by itself.
pub(in crate::figures) fn noun(lower: &str) -> Option<FigureKind> {
    Some(match lower {
        "deaths" | "death" | "fatalities" | "fatality" | "killings" | "killing" | "murders"
        | "murder" | "dead" | "assassinations" | "executions" | "martyrs" => FigureKind::Killed,
        "injuries" | "injury" | "wounded" | "injured" => FigureKind::Injured,
        "hostages" | "hostage" | "captives" | "captive" | "abductees" | "kidnappings"
        | "abductions" => FigureKind::Captured,
        "arrests" | "detainees" | "detainee" | "arrest" | "detentions" => FigureKind::Arrested,
        "refugees" | "refugee" | "displaced" | "evacuees" | "homeless" => FigureKind::Displaced,
        "attacks" | "attack" | "strikes" | "strike" | "airstrikes" | "airstrike" | "raids"
        | "raid" | "bombings" | "bombing" | "assaults" | "assault" | "ambushes" | "ambush"
        | "shellings" | "shooting" | "shootings" | "bombardments" | "bombardment"
        | "incursions" | "incursion" | "stabbings" | "stabbing" => FigureKind::Attacks,
        _ if is_personnel(lower) => FigureKind::Personnel,
        _ => return None,
    })
}

/// Whether a noun means dead and wounded in one, or cannot tell which.
pub(in crate::figures) fn is_casualties(lower: &str) -> bool {
    matches!(
        lower,
        "casualties"
            | "casualty"
            | "losses"
            | "loss"
            | "victims"
            | "victim"
            | "bodies"
            | "body"
            | "corpses"
            | "corpse"
    )
}
