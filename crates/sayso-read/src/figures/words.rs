//! Words that decide what a figure counts.

use sayso_reading::FigureKind;

/// How a word tells of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
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
pub(super) fn deed(lower: &str) -> Option<(FigureKind, Form)> {
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
pub(super) fn deed_noun(lower: &str) -> Option<FigureKind> {
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
pub(super) fn noun(lower: &str) -> Option<FigureKind> {
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
pub(super) fn is_casualties(lower: &str) -> bool {
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

/// Soldiers, fighters, police, staff.
pub(super) fn is_personnel(lower: &str) -> bool {
    matches!(
        lower,
        "troops"
            | "troop"
            | "soldiers"
            | "soldier"
            | "servicemen"
            | "serviceman"
            | "servicemember"
            | "servicemembers"
            | "personnel"
            | "fighters"
            | "fighter"
            | "militants"
            | "militant"
            | "marines"
            | "marine"
            | "sailors"
            | "sailor"
            | "airmen"
            | "airman"
            | "paratroopers"
            | "commandos"
            | "commando"
            | "police"
            | "policemen"
            | "policeman"
            | "policewomen"
            | "guards"
            | "guard"
            | "guardsmen"
            | "guerrillas"
            | "guerrilla"
            | "guerillas"
            | "rebels"
            | "rebel"
            | "insurgents"
            | "insurgent"
            | "militiamen"
            | "militiaman"
            | "gunmen"
            | "gunman"
            | "mercenaries"
            | "mercenary"
            | "peacekeepers"
            | "peacekeeper"
            | "reservists"
            | "reservist"
            | "recruits"
            | "conscripts"
            | "jihadists"
            | "jihadist"
            | "terrorists"
            | "terrorist"
            | "paramilitaries"
            | "combatants"
            | "combatant"
            | "infantrymen"
            | "staff"
            | "staffers"
            | "employees"
            | "contractors"
            | "contractor"
            | "advisers"
            | "advisors"
            | "agents"
            | "bodyguards"
            | "bodyguard"
            | "snipers"
            | "sniper"
            | "operatives"
            | "operative"
            | "trainers"
            | "infantry"
            | "crew"
    )
}

/// Whether a noun means people.
pub(super) fn is_person(lower: &str) -> bool {
    is_personnel(lower)
        || matches!(
            lower,
            "people"
                | "persons"
                | "person"
                | "men"
                | "man"
                | "women"
                | "woman"
                | "children"
                | "child"
                | "boys"
                | "boy"
                | "girls"
                | "girl"
                | "civilians"
                | "civilian"
                | "others"
                | "individuals"
                | "individual"
                | "passerby"
                | "corporal"
                | "candidates"
                | "candidate"
                | "employee"
                | "minor"
                | "minors"
                | "kidnappers"
                | "assassins"
                | "killers"
                | "corporals"
                | "watchman"
                | "watchmen"
                | "adults"
                | "adult"
                | "youths"
                | "youth"
                | "teenagers"
                | "teenager"
                | "infants"
                | "infant"
                | "babies"
                | "baby"
                | "toddlers"
                | "toddler"
                | "students"
                | "student"
                | "protesters"
                | "protester"
                | "protestors"
                | "demonstrators"
                | "demonstrator"
                | "residents"
                | "resident"
                | "villagers"
                | "villager"
                | "citizens"
                | "citizen"
                | "nationals"
                | "national"
                | "families"
                | "family"
                | "relatives"
                | "relative"
                | "refugees"
                | "refugee"
                | "hostages"
                | "hostage"
                | "prisoners"
                | "prisoner"
                | "detainees"
                | "detainee"
                | "suspects"
                | "suspect"
                | "victims"
                | "victim"
                | "members"
                | "member"
                | "officers"
                | "officer"
                | "officials"
                | "official"
                | "commanders"
                | "commander"
                | "leaders"
                | "leader"
                | "journalists"
                | "journalist"
                | "reporters"
                | "reporter"
                | "doctors"
                | "doctor"
                | "nurses"
                | "nurse"
                | "medics"
                | "medic"
                | "paramedics"
                | "paramedic"
                | "teachers"
                | "teacher"
                | "farmers"
                | "farmer"
                | "fishermen"
                | "workers"
                | "worker"
                | "drivers"
                | "driver"
                | "passengers"
                | "passenger"
                | "pilots"
                | "pilot"
                | "priests"
                | "priest"
                | "nuns"
                | "nun"
                | "monks"
                | "judges"
                | "judge"
                | "politicians"
                | "politician"
                | "lawmakers"
                | "mayors"
                | "mayor"
                | "activists"
                | "activist"
                | "pilgrims"
                | "tourists"
                | "tourist"
                | "foreigners"
                | "foreigner"
                | "migrants"
                | "migrant"
                | "shoppers"
                | "worshippers"
                | "worshipers"
                | "mourners"
                | "bystanders"
                | "bystander"
                | "passersby"
                | "pedestrians"
                | "pedestrian"
                | "attackers"
                | "attacker"
                | "assailants"
                | "assailant"
                | "extremists"
                | "extremist"
                | "criminals"
                | "criminal"
                | "rioters"
                | "smugglers"
                | "traffickers"
                | "crewmen"
                | "colonels"
                | "colonel"
                | "generals"
                | "general"
                | "lieutenants"
                | "lieutenant"
                | "captain"
                | "sergeant"
                | "sergeants"
                | "major"
                | "captains"
                | "brothers"
                | "brother"
                | "sisters"
                | "sister"
                | "sons"
                | "son"
                | "daughters"
                | "daughter"
                | "parents"
                | "mother"
                | "mothers"
                | "father"
                | "fathers"
                | "peasants"
                | "peasant"
                | "households"
                | "inhabitants"
                | "supporters"
                | "supporter"
                | "followers"
                | "opponents"
                | "dissidents"
                | "dissident"
                | "engineers"
                | "engineer"
                | "scientists"
                | "scientist"
                | "businessmen"
                | "businessman"
                | "aides"
                | "aide"
                | "lawyers"
                | "lawyer"
                | "patients"
                | "diplomats"
                | "diplomat"
                | "delegates"
                | "ministers"
                | "minister"
                | "inmates"
                | "inmate"
                | "settlers"
                | "settler"
                | "muslims"
                | "christians"
                | "jews"
                | "kurds"
                | "yazidis"
                | "sunnis"
                | "shiites"
                | "shias"
                | "arabs"
                | "druze"
                | "jesuits"
                | "jesuit"
                | "photographer"
                | "photographers"
                | "cameraman"
                | "interpreter"
                | "interpreters"
                | "volunteers"
                | "volunteer"
                | "rescuers"
                | "rescuer"
                | "firefighters"
                | "firefighter"
                | "defenders"
                | "pensioner"
                | "schoolchildren"
                | "grandmother"
                | "grandfather"
                | "couple"
                | "souls"
                | "adherents"
        )
        || is_people_of_place(lower)
        || lower.len() > 5 && lower.ends_with("men") && lower != "regimen" && lower != "specimen"
}

/// "Iraqis", "Palestinians", "Yemeni": by their endings.
fn is_people_of_place(lower: &str) -> bool {
    ["ians", "ans", "qis", "nis", "tis", "wis", "ese", "ish"]
        .iter()
        .any(|ending| lower.ends_with(ending))
        && !matches!(
            lower,
            "plans"
                | "loans"
                | "means"
                | "cans"
                | "fans"
                | "vans"
                | "beans"
                | "cease"
                | "these"
                | "oceans"
                | "scans"
                | "dish"
                | "wish"
                | "finish"
                | "bans"
                | "clans"
        )
}

/// "A Colombian", "an Iraqi": one by the name of a people, where it stands alone.
pub(super) fn is_one_of_people(lower: &str) -> bool {
    lower.len() > 4
        && [
            "ian", "ean", "ican", "adoran", "raqi", "nese", "meni", "stani", "raeli", "saudi",
        ]
        .iter()
        .any(|ending| lower.ends_with(ending))
        && lower != "ocean"
}

/// Weapons, vehicles and buildings: "one" of them is counted too.
pub(super) fn is_thing_of_war(lower: &str) -> bool {
    matches!(
        lower,
        "rocket"
            | "missile"
            | "drone"
            | "bomb"
            | "tank"
            | "vehicle"
            | "truck"
            | "car"
            | "bus"
            | "helicopter"
            | "plane"
            | "jet"
            | "aircraft"
            | "ship"
            | "vessel"
            | "tanker"
            | "boat"
            | "house"
            | "building"
            | "shell"
            | "mortar"
            | "mine"
            | "grenade"
            | "explosion"
            | "projectile"
            | "warship"
            | "bridge"
            | "checkpoint"
            | "base"
    )
}

/// Forms of "be" and "get", after which a participle tells what was done to the subject.
pub(super) fn is_be(lower: &str) -> bool {
    matches!(
        lower,
        "was"
            | "were"
            | "are"
            | "is"
            | "be"
            | "been"
            | "being"
            | "got"
            | "get"
            | "'re"
            | "remain"
            | "remains"
            | "remained"
    )
}

/// Auxiliaries that lead up to the verb.
pub(super) fn is_auxiliary(lower: &str) -> bool {
    matches!(lower, "have" | "has" | "had" | "having" | "did" | "do") || is_modal(lower)
}

/// Auxiliaries of what is not yet, or may not be.
pub(super) fn is_modal(lower: &str) -> bool {
    matches!(
        lower,
        "will" | "would" | "could" | "may" | "might" | "can" | "should" | "must" | "shall"
    )
}

/// Units of time.
pub(super) fn is_time_unit(lower: &str) -> bool {
    matches!(
        lower,
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "night"
            | "nights"
            | "week"
            | "weeks"
            | "weekend"
            | "weekends"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decade"
            | "decades"
            | "century"
            | "centuries"
            | "times"
            | "time"
            | "a.m."
            | "p.m."
            | "am"
            | "pm"
            | "gmt"
            | "utc"
            | "o"
            | "mins"
            | "hrs"
            | "yrs"
            | "weekday"
            | "weekdays"
            | "fortnight"
            | "morning"
            | "evening"
            | "afternoon"
            | "mornings"
            | "moment"
            | "moments"
            | "occasions"
            | "birthday"
            | "anniversary"
    )
}

/// Months, whole and shortened.
pub(super) fn is_month(lower: &str) -> bool {
    matches!(
        lower,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sept"
            | "sep"
            | "oct"
            | "nov"
            | "dec"
    )
}

/// Days of the week.
pub(super) fn is_weekday(lower: &str) -> bool {
    matches!(
        lower,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
    )
}

/// Nouns that a number behind them names: "Article 5".
pub(super) fn takes_number(lower: &str) -> bool {
    matches!(
        lower,
        "article"
            | "articles"
            | "chapter"
            | "section"
            | "sections"
            | "page"
            | "pages"
            | "paragraph"
            | "resolution"
            | "resolutions"
            | "phase"
            | "flight"
            | "route"
            | "highway"
            | "interstate"
            | "room"
            | "channel"
            | "tower"
            | "boeing"
            | "airbus"
            | "clause"
            | "step"
            | "stage"
            | "level"
            | "grade"
            | "sector"
            | "zone"
            | "gate"
            | "figure"
            | "table"
            | "version"
            | "volume"
            | "amendment"
            | "proposition"
            | "title"
            | "category"
            | "type"
            | "model"
            | "mark"
            | "number"
            | "no"
            | "nos"
            | "unit"
            | "box"
            | "rule"
            | "act"
            | "part"
            | "war"
            | "point"
            | "item"
            | "line"
            | "platform"
            | "pier"
            | "block"
            | "suite"
            | "apartment"
            | "apt"
            | "lot"
            | "court"
            | "district"
            | "magnitude"
            | "camp"
            | "exhibit"
            | "protocol"
            | "directive"
            | "law"
            | "decree"
            | "communique"
            | "age"
            | "aged"
            | "ages"
            | "verse"
            | "psalm"
            | "season"
            | "episode"
            | "week"
            | "day"
            | "hour"
            | "round"
            | "kilometer"
            | "kilometre"
            | "km"
            | "mile"
            | "group"
            | "chap"
            | "art"
            | "sec"
            | "vol"
            | "pp"
            | "p"
            | "turned"
            | "turning"
    )
}

/// Words that end a noun phrase, or cannot stand in one behind its number.
pub(super) fn is_function(lower: &str) -> bool {
    is_be(lower)
        || is_auxiliary(lower)
        || is_preposition(lower)
        || matches!(
            lower,
            "and"
                | "or"
                | "but"
                | "nor"
                | "if"
                | "because"
                | "although"
                | "though"
                | "whether"
                | "who"
                | "whom"
                | "whose"
                | "which"
                | "that"
                | "what"
                | "where"
                | "when"
                | "why"
                | "how"
                | "than"
                | "so"
                | "yet"
                | "while"
                | "i"
                | "you"
                | "he"
                | "she"
                | "it"
                | "we"
                | "they"
                | "me"
                | "him"
                | "us"
                | "them"
                | "the"
                | "a"
                | "an"
                | "this"
                | "these"
                | "those"
                | "his"
                | "her"
                | "its"
                | "their"
                | "our"
                | "my"
                | "your"
                | "each"
                | "every"
                | "all"
                | "both"
                | "some"
                | "any"
                | "no"
                | "not"
                | "there"
                | "here"
                | "then"
                | "now"
                | "ago"
                | "also"
                | "too"
                | "only"
                | "just"
                | "still"
                | "already"
                | "later"
                | "earlier"
                | "yesterday"
                | "today"
                | "tomorrow"
                | "overnight"
                | "tonight"
                | "again"
                | "even"
                | "apiece"
                | "alone"
                | "away"
                | "altogether"
                | "once"
                | "ever"
                | "never"
                | "plus"
                | "including"
                | "said"
                | "says"
                | "say"
                | "himself"
                | "themselves"
                | "itself"
                | "'re"
                | "'ve"
                | "'ll"
                | "'d"
                | "'t"
                | "'m"
                | "else"
                | "instead"
                | "anyway"
                | "another"
        )
}

/// Prepositions.
pub(super) fn is_preposition(lower: &str) -> bool {
    matches!(
        lower,
        "of" | "in"
            | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "to"
            | "with"
            | "without"
            | "as"
            | "into"
            | "onto"
            | "over"
            | "under"
            | "above"
            | "below"
            | "between"
            | "among"
            | "amid"
            | "against"
            | "after"
            | "before"
            | "during"
            | "since"
            | "until"
            | "till"
            | "about"
            | "around"
            | "near"
            | "through"
            | "throughout"
            | "across"
            | "along"
            | "behind"
            | "beside"
            | "besides"
            | "beyond"
            | "despite"
            | "down"
            | "up"
            | "off"
            | "out"
            | "inside"
            | "outside"
            | "per"
            | "than"
            | "toward"
            | "towards"
            | "upon"
            | "via"
            | "within"
            | "like"
            | "unlike"
            | "except"
            | "past"
            | "following"
            | "versus"
            | "worth"
            | "aboard"
    )
}

/// Whether a word has the look of a plural.
pub(super) fn is_plural(lower: &str) -> bool {
    matches!(
        lower,
        "people"
            | "men"
            | "women"
            | "children"
            | "police"
            | "dead"
            | "wounded"
            | "personnel"
            | "aircraft"
            | "staff"
            | "cattle"
            | "sheep"
            | "schoolchildren"
            | "passersby"
            | "feet"
            | "teeth"
            | "media"
            | "data"
            | "criteria"
            | "crew"
            | "injured"
            | "homeless"
    ) || lower.ends_with("men") && lower.len() > 4
        || lower.len() > 2
            && lower.ends_with('s')
            && !["ss", "us", "is", "'s"].iter().any(|e| lower.ends_with(e))
        || matches!(
            lower,
            "israelis"
                | "iraqis"
                | "saudis"
                | "yemenis"
                | "pakistanis"
                | "houthis"
                | "yazidis"
                | "iraquis"
                | "kuwaitis"
                | "buses"
        )
}
