//! Nouns for people, and for what they fight with.

use super::listed;

/// Soldiers, fighters, police, staff; in order.
const PERSONNEL: &[&str] = &[
    "advisers",
    "advisors",
    "agents",
    "airman",
    "airmen",
    "bodyguard",
    "bodyguards",
    "combatant",
    "combatants",
    "commando",
    "commandos",
    "conscripts",
    "contractor",
    "contractors",
    "crew",
    "employees",
    "fighter",
    "fighters",
    "guard",
    "guards",
    "guardsmen",
    "guerillas",
    "guerrilla",
    "guerrillas",
    "gunman",
    "gunmen",
    "infantry",
    "infantrymen",
    "insurgent",
    "insurgents",
    "jihadist",
    "jihadists",
    "marine",
    "marines",
    "mercenaries",
    "mercenary",
    "militant",
    "militants",
    "militiaman",
    "militiamen",
    "operative",
    "operatives",
    "paramilitaries",
    "paratroopers",
    "peacekeeper",
    "peacekeepers",
    "personnel",
    "police",
    "policeman",
    "policemen",
    "policewomen",
    "rebel",
    "rebels",
    "recruits",
    "reservist",
    "reservists",
    "sailor",
    "sailors",
    "serviceman",
    "servicemember",
    "servicemembers",
    "servicemen",
    "sniper",
    "snipers",
    "soldier",
    "soldiers",
    "staff",
    "staffers",
    "terrorist",
    "terrorists",
    "trainers",
    "troop",
    "troops",
];

/// Other people; in order.
const PEOPLE: &[&str] = &[
    "activist",
    "activists",
    "adherents",
    "adult",
    "adults",
    "aide",
    "aides",
    "arabs",
    "assailant",
    "assailants",
    "assassins",
    "attacker",
    "attackers",
    "babies",
    "baby",
    "banker",
    "bankers",
    "boy",
    "boys",
    "brother",
    "brothers",
    "businessman",
    "businessmen",
    "bystander",
    "bystanders",
    "cameraman",
    "candidate",
    "candidates",
    "captain",
    "captains",
    "child",
    "children",
    "christians",
    "citizen",
    "citizens",
    "civilian",
    "civilians",
    "colonel",
    "colonels",
    "commander",
    "commanders",
    "companion",
    "companions",
    "corporal",
    "corporals",
    "couple",
    "crewmen",
    "criminal",
    "criminals",
    "daughter",
    "daughters",
    "defenders",
    "delegates",
    "demonstrator",
    "demonstrators",
    "detainee",
    "detainees",
    "diplomat",
    "diplomats",
    "dissident",
    "dissidents",
    "doctor",
    "doctors",
    "driver",
    "drivers",
    "druze",
    "employee",
    "engineer",
    "engineers",
    "extremist",
    "extremists",
    "families",
    "family",
    "farmer",
    "farmers",
    "father",
    "fathers",
    "firefighter",
    "firefighters",
    "fishermen",
    "followers",
    "foreigner",
    "foreigners",
    "general",
    "generals",
    "girl",
    "girls",
    "grandfather",
    "grandmother",
    "hostage",
    "hostages",
    "households",
    "individual",
    "individuals",
    "infant",
    "infants",
    "inhabitants",
    "inmate",
    "inmates",
    "interpreter",
    "interpreters",
    "jesuit",
    "jesuits",
    "jews",
    "journalist",
    "journalists",
    "judge",
    "judges",
    "kidnappers",
    "killers",
    "kurds",
    "lawmakers",
    "lawyer",
    "lawyers",
    "leader",
    "leaders",
    "lieutenant",
    "lieutenants",
    "major",
    "man",
    "mayor",
    "mayors",
    "medic",
    "medics",
    "member",
    "members",
    "men",
    "migrant",
    "migrants",
    "minister",
    "ministers",
    "minor",
    "minors",
    "missionaries",
    "missionary",
    "monks",
    "mother",
    "mothers",
    "mourners",
    "muslims",
    "national",
    "nationals",
    "nun",
    "nuns",
    "nurse",
    "nurses",
    "officer",
    "officers",
    "official",
    "officials",
    "opponents",
    "others",
    "paramedic",
    "paramedics",
    "parents",
    "passenger",
    "passengers",
    "passerby",
    "passersby",
    "patients",
    "peasant",
    "peasants",
    "pedestrian",
    "pedestrians",
    "pensioner",
    "people",
    "person",
    "persons",
    "photographer",
    "photographers",
    "pilgrims",
    "pilot",
    "pilots",
    "politician",
    "politicians",
    "priest",
    "priests",
    "prisoner",
    "prisoners",
    "protester",
    "protesters",
    "protestors",
    "refugee",
    "refugees",
    "relative",
    "relatives",
    "reporter",
    "reporters",
    "rescuer",
    "rescuers",
    "resident",
    "residents",
    "rioters",
    "schoolchildren",
    "scientist",
    "scientists",
    "sergeant",
    "sergeants",
    "settler",
    "settlers",
    "shias",
    "shiites",
    "shoppers",
    "sister",
    "sisters",
    "smugglers",
    "son",
    "sons",
    "souls",
    "student",
    "students",
    "sunnis",
    "supporter",
    "supporters",
    "suspect",
    "suspects",
    "teacher",
    "teachers",
    "teenager",
    "teenagers",
    "toddler",
    "toddlers",
    "tourist",
    "tourists",
    "traffickers",
    "victim",
    "victims",
    "villager",
    "villagers",
    "volunteer",
    "volunteers",
    "watchman",
    "watchmen",
    "woman",
    "women",
    "worker",
    "workers",
    "worshipers",
    "worshippers",
    "yazidis",
    "youth",
    "youths",
];

/// Soldiers, fighters, police, staff.
pub(in crate::figures) fn is_personnel(lower: &str) -> bool {
    listed(PERSONNEL, lower)
}

/// Whether a noun means people.
pub(in crate::figures) fn is_person(lower: &str) -> bool {
    is_personnel(lower)
        || listed(PEOPLE, lower)
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
pub(in crate::figures) fn is_one_of_people(lower: &str) -> bool {
    lower.len() > 4
        && [
            "ian", "ean", "ican", "adoran", "raqi", "nese", "meni", "stani", "raeli", "saudi",
        ]
        .iter()
        .any(|ending| lower.ends_with(ending))
        && lower != "ocean"
}

/// Weapons, vehicles and buildings: "one" of them is counted too.
pub(in crate::figures) fn is_thing_of_war(lower: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(PERSONNEL.is_sorted() && PEOPLE.is_sorted());
    }
}
