//! What the patterns are filled with. All names are made up or of towns.

use sayso_reading::{Act, EventType, Mode};

/// A town.
#[derive(Clone, Copy)]
pub struct Scene {
    pub name: &'static str,
    pub country: &'static str,
    pub lat: f64,
    pub lon: f64,
}

const fn town(name: &'static str, country: &'static str, lat: f64, lon: f64) -> Scene {
    Scene { name, country, lat, lon }
}

pub const PLACES: [Scene; 24] = [
    town("Baghdad", "IQ", 33.34, 44.40),
    town("Aleppo", "SY", 36.20, 37.16),
    town("Sanaa", "YE", 15.35, 44.21),
    town("Gaza", "PS", 31.50, 34.47),
    town("Kharkiv", "UA", 50.00, 36.23),
    town("Tehran", "IR", 35.69, 51.42),
    town("Beirut", "LB", 33.89, 35.50),
    town("Mosul", "IQ", 36.34, 43.12),
    town("Idlib", "SY", 35.93, 36.63),
    town("Khartoum", "SD", 15.55, 32.53),
    town("Erbil", "IQ", 36.19, 44.01),
    town("Deir ez-Zor", "SY", 35.34, 40.14),
    town("Hodeidah", "YE", 14.80, 42.95),
    town("Goma", "CD", -1.67, 29.22),
    town("Kabul", "AF", 34.53, 69.17),
    town("Mogadishu", "SO", 2.04, 45.34),
    town("Timbuktu", "ML", 16.77, -3.01),
    town("Maiduguri", "NG", 11.85, 13.16),
    town("Mandalay", "MM", 21.97, 96.08),
    town("Quetta", "PK", 30.18, 67.00),
    town("Donetsk", "UA", 48.00, 37.80),
    town("Benghazi", "LY", 32.12, 20.07),
    town("Cali", "CO", 3.44, -76.52),
    town("Marawi", "PH", 8.00, 124.29),
];

pub const OUTLETS: [&str; 20] = [
    "Harbour Post", "Reuters", "Northern Herald", "Gulf Courier", "AFP", "The Daily Lantern", "Levant Wire",
    "Al-Nahar al-Jadid", "Agencia Sur", "The Morning Ledger", "Kordestan Today", "Radio Delta", "Plains Tribune",
    "Coast Telegraph", "El Faro del Este", "The Weekly Compass", "Steppe News", "Monsoon Times", "Oasis Daily",
    "Der Bote am Abend",
];

pub const FIRST: [&str; 40] = [
    "Ann", "Omar", "Layla", "Ivan", "Maria", "Chen", "Ahmed", "Fatima", "Juan", "Olga", "Yusuf", "Grace", "Peter",
    "Amina", "Tariq", "Elena", "Samuel", "Noor", "Dmitri", "Rosa", "Hassan", "Mei", "Karim", "Sofia", "Daniel",
    "Zainab", "Pavel", "Lucía", "Ibrahim", "Hannah", "Musa", "Irina", "Carlos", "Salma", "Viktor", "Aisha", "Jorge",
    "Nadia", "Simon", "Leila",
];

pub const LAST: [&str; 60] = [
    "Lee", "Haddad", "Petrov", "García", "Okafor", "Khan", "Rahimi", "Novak", "Silva", "Diallo", "Mansour", "Kim",
    "Ivanova", "Nasser", "Torres", "Abebe", "Farouk", "Schmidt", "Lopez", "Karimi", "Osman", "Melnyk", "Rossi",
    "Jabari", "Mendoza", "Saleh", "Kovalenko", "Adeyemi", "Hussein", "Moreau", "Barzani", "Castro", "Zaidi", "Popov",
    "Keita", "Aziz", "Romero", "Hamdan", "Sokolov", "Warsame", "Najjar", "Vargas", "Bashir", "Horvat", "Traoré",
    "Qasim", "Pereira", "Shah", "Lysenko", "Mbeki", "Darwish", "Ortiz", "Sharif", "Andersen", "Toure", "Masri",
    "Fuentes", "Akhtar", "Bondar", "Nkosi",
];

pub const OFFICES: [&str; 8] = [
    "defence official", "diplomat", "police officer", "militia commander", "aid worker", "security source",
    "former minister", "intelligence official",
];

pub const GROUPS: [&str; 16] = [
    "the army", "rebels", "the Northern Brigade", "government forces", "the Ansar Front", "militiamen",
    "the coalition", "police", "the Free Valley Movement", "border guards", "the Harbour Militia", "gunmen",
    "the ministry", "the People's Guard", "a tribal alliance", "peacekeepers",
];

pub const TARGETS: [&str; 16] = [
    "a base", "a convoy", "two villages", "an oil depot", "a checkpoint", "a hospital", "the airport", "a market",
    "a police station", "three trucks", "the old town", "a bridge", "a camp", "a radio station", "a school",
    "a power plant",
];

pub const VERBS: [(&str, EventType, Option<Mode>); 12] = [
    ("attacked", EventType::Assault, None),
    ("shelled", EventType::Assault, Some(Mode::HeavyWeapons)),
    ("bombed", EventType::Assault, Some(Mode::Aerial)),
    ("raided", EventType::Coerce, Some(Mode::Seize)),
    ("left", EventType::Retreat, Some(Mode::Withdraw)),
    ("hit", EventType::Assault, Some(Mode::Drone)),
    ("seized", EventType::Coerce, Some(Mode::Seize)),
    ("stormed", EventType::Assault, Some(Mode::Firearms)),
    ("surrounded", EventType::Mobilize, Some(Mode::Troops)),
    ("sent food to", EventType::Aid, None),
    ("threatened", EventType::Threaten, Some(Mode::Violence)),
    ("visited", EventType::Consult, Some(Mode::Visit)),
];

pub const ACTS: [(&str, &str, Act); 10] = [
    ("said", "say", Act::Say),
    ("reported", "report", Act::Report),
    ("claimed", "claim", Act::Claim),
    ("confirmed", "confirm", Act::Confirm),
    ("denied", "deny", Act::Deny),
    ("warned", "warn", Act::Warn),
    ("admitted", "admit", Act::Admit),
    ("predicted", "predict", Act::Predict),
    ("believed", "believe", Act::Believe),
    ("doubted", "doubt", Act::Doubt),
];

pub const FILLER: [&str; 120] = [
    "residents", "were", "of", "and", "to", "a", "in", "near", "with", "from", "road", "had", "by", "after", "for",
    "city", "market", "water", "families", "morning", "river", "night", "people", "power", "trucks", "prices", "some",
    "school", "bread", "fuel", "winter", "clinic", "border", "bridge", "weather", "traders", "women", "young", "men",
    "harvest", "dust", "shops", "closed", "open", "quiet", "again", "early", "late", "small", "large", "northern",
    "southern", "eastern", "valley", "hills", "coast", "harbour", "station", "bus", "railway", "engineers",
    "teachers", "farmers", "doctors", "drivers", "children", "relatives", "neighbours", "visitors", "tents", "roofs",
    "windows", "walls", "smoke", "lights", "phones", "radio", "news", "letters", "rain", "snow", "wheat", "olives",
    "dates", "cattle", "sheep", "boats", "fishermen", "port", "customs", "taxes", "wages", "banks", "queues",
    "medicine", "blankets", "generators", "cables", "pipes", "wells", "dams", "canals", "gardens", "orchards",
    "mosque", "church", "temple", "square", "avenue", "district", "province", "council", "mayor", "elders", "clerks",
    "lawyers", "judges", "students", "workers", "merchants",
];
