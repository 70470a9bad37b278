//! What events are: the types, modes and topics of PLOVER version 2.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What happens: the 16 types of PLOVER version 2, and `OTHER`.
    EventType {
        /// Agrees, offers, promises to cooperate.
        Agree = "AGREE",
        /// Meets, visits, talks, calls.
        Consult = "CONSULT",
        /// Backs in words: praise, recognition, ratifying.
        Support = "SUPPORT",
        /// Yields in words: apology, pardon, announced ceasefire.
        Concede = "CONCEDE",
        /// Exchanges material help to the good of both.
        Cooperate = "COOPERATE",
        /// Gives material help to the good of the recipient.
        Aid = "AID",
        /// Yields in deed: withdrawal, release, disarming, resignation.
        Retreat = "RETREAT",
        /// Requests, demands, orders.
        Request = "REQUEST",
        /// Disapproves, alleges, sues, investigates.
        Accuse = "ACCUSE",
        /// Refuses, rejects, cancels.
        Reject = "REJECT",
        /// Warns with force or pressure.
        Threaten = "THREATEN",
        /// Protests in the street, strikes, riots.
        Protest = "PROTEST",
        /// Cuts relations, convicts, expels.
        Sanction = "SANCTION",
        /// Shows force short of using it.
        Mobilize = "MOBILIZE",
        /// Represses or restricts short of violence.
        Coerce = "COERCE",
        /// Does what can seriously hurt people.
        Assault = "ASSAULT",
        /// An accident, disaster, election, evasion of sanctions.
        Other = "OTHER",
    }
}

vocabulary! {
    /// How it happens. Each type has its own; see [`EventType::modes`].
    Mode {
        /// The actor visits, the recipient is host.
        Visit = "visit",
        /// A third party is host.
        ThirdParty = "third-party",
        /// In an alliance or international body.
        Multilateral = "multilateral",
        /// By phone or another remote medium.
        Phone = "phone",
        /// Withdraws forces, staff, or from an arrangement.
        Withdraw = "withdraw",
        /// Releases people or goods.
        Release = "release",
        /// Lays down or destroys arms.
        Disarm = "disarm",
        /// Keeps a ceasefire.
        Ceasefire = "ceasefire",
        /// Lets observers or others in.
        Access = "access",
        /// Leaves an office.
        Resign = "resign",
        /// Help of some kind.
        Assist = "assist",
        /// A change of policy or leadership.
        Change = "change",
        /// Giving way.
        Yield = "yield",
        /// Meeting or mediation.
        Meet = "meet",
        /// Disapproves.
        Disapprove = "disapprove",
        /// Investigates.
        Investigate = "investigate",
        /// Alleges a wrong.
        Allege = "allege",
        /// Restrictions.
        Restrict = "restrict",
        /// Arrest.
        Arrest = "arrest",
        /// Cutting relations or aid.
        Relations = "relations",
        /// Expulsion.
        Expel = "expel",
        /// Taking territory.
        Territory = "territory",
        /// Violence.
        Violence = "violence",
        /// A demonstration.
        Demo = "demo",
        /// A riot.
        Riot = "riot",
        /// A strike.
        Strike = "strike",
        /// A hunger strike.
        Hunger = "hunger",
        /// A boycott.
        Boycott = "boycott",
        /// A blockade or sit-in.
        Obstruct = "obstruct",
        /// Damage to property.
        Vandalize = "vandalize",
        /// Convicts.
        Convict = "convict",
        /// Stops aid or relations.
        Discontinue = "discontinue",
        /// Troops.
        Troops = "troops",
        /// Weapons, vehicles, ships.
        Weapons = "weapons",
        /// Police.
        Police = "police",
        /// Armed groups.
        Militia = "militia",
        /// Seizes property.
        Seize = "seize",
        /// Censors.
        Censor = "censor",
        /// Sets a curfew.
        Curfew = "curfew",
        /// Declares martial law.
        MartialLaw = "martial-law",
        /// Deports individuals.
        Deport = "deport",
        /// Withholds what is owed or needed.
        Withhold = "withhold",
        /// Spreads false information.
        Misinformation = "misinformation",
        /// Attacks computers.
        Cyber = "cyber",
        /// Abducts, captures in fighting.
        Abduct = "abduct",
        /// Beats.
        Beat = "beat",
        /// Tortures.
        Torture = "torture",
        /// Sexual violence.
        Sexual = "sexual",
        /// Kills a chosen person.
        Targeted = "targeted",
        /// Destroys on purpose.
        Destroy = "destroy",
        /// With knives, stones, clubs, fire.
        Primitive = "primitive",
        /// With firearms.
        Firearms = "firearms",
        /// With explosives.
        Explosives = "explosives",
        /// By suicide attack.
        SuicideAttack = "suicide-attack",
        /// From crewed aircraft.
        Aerial = "aerial",
        /// By drone.
        Drone = "drone",
        /// With artillery, rockets, missiles, tanks.
        HeavyWeapons = "heavy-weapons",
        /// With means of crowd control.
        CrowdControl = "crowd-control",
        /// With chemical, biological, nuclear weapons.
        Unconventional = "unconventional",
    }
}

vocabulary! {
    /// The topic an event belongs to.
    Context {
        /// State armed forces.
        Military = "military",
        /// Intelligence.
        Intelligence = "intelligence",
        /// Executive.
        Executive = "executive",
        /// Legislative.
        Legislative = "legislative",
        /// Election.
        Election = "election",
        /// Political institutions.
        PoliticalInstitutions = "political_institutions",
        /// Movements for democracy.
        ProDemocracy = "pro_democracy",
        /// Movements for autocracy.
        ProAutocracy = "pro_autocracy",
        /// Economic.
        Economic = "economic",
        /// Legal.
        Legal = "legal",
        /// Reparations.
        Reparations = "reparations",
        /// Human rights.
        HumanRights = "human_rights",
        /// Rights and freedoms.
        RightsFreedoms = "rights_freedoms",
        /// Repression.
        Repression = "repression",
        /// Human security.
        HumanSecurity = "human_security",
        /// Gender.
        Gender = "gender",
        /// Rights of sexual minorities.
        Lgbt = "lgbt",
        /// Religion and ethnicity.
        ReligionEthnicity = "religion_ethnicity",
        /// Inequality.
        Inequality = "inequality",
        /// Diplomatic.
        Diplomatic = "diplomatic",
        /// Territory.
        Territory = "territory",
        /// Peacekeeping.
        Peacekeeping = "peacekeeping",
        /// Health.
        Health = "health",
        /// Asylum.
        Asylum = "asylum",
        /// Migration.
        Migration = "migration",
        /// Disasters.
        Disasters = "disasters",
        /// Natural resource.
        NaturalResource = "natural_resource",
        /// Environment.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Terrorism.
        Terrorism = "terrorism",
        /// Chemical, biological, radiological, nuclear weapons.
        Cbrn = "cbrn",
        /// Cyber.
        Cyber = "cyber",
        /// Misinformation.
        Misinformation = "misinformation",
        /// Crime.
        Crime = "crime",
        /// Corruption.
        Corruption = "corruption",
        /// Illegal drugs.
        IllegalDrugs = "illegal_drugs",
        /// Trafficking.
        Trafficking = "trafficking",
    }
}

impl EventType {
    /// The modes that this type may have; none for the types without modes.
    pub const fn modes(self) -> &'static [Mode] {
        use Mode as M;
        match self {
            Self::Agree
            | Self::Support
            | Self::Concede
            | Self::Cooperate
            | Self::Aid
            | Self::Other => &[],
            Self::Consult => &[M::Visit, M::ThirdParty, M::Multilateral, M::Phone],
            Self::Retreat => &[
                M::Withdraw,
                M::Release,
                M::Disarm,
                M::Ceasefire,
                M::Access,
                M::Resign,
            ],
            Self::Request | Self::Reject => &[M::Assist, M::Change, M::Yield, M::Meet],
            Self::Accuse => &[M::Disapprove, M::Investigate, M::Allege],
            Self::Threaten => &[
                M::Restrict,
                M::Arrest,
                M::Relations,
                M::Expel,
                M::Territory,
                M::Violence,
            ],
            Self::Protest => &[
                M::Demo,
                M::Riot,
                M::Strike,
                M::Hunger,
                M::Boycott,
                M::Obstruct,
                M::Vandalize,
            ],
            Self::Sanction => &[M::Convict, M::Expel, M::Withdraw, M::Discontinue],
            Self::Mobilize => &[M::Troops, M::Weapons, M::Police, M::Militia],
            Self::Coerce => &[
                M::Seize,
                M::Restrict,
                M::Censor,
                M::Curfew,
                M::MartialLaw,
                M::Arrest,
                M::Deport,
                M::Withhold,
                M::Misinformation,
                M::Cyber,
            ],
            Self::Assault => &[
                M::Abduct,
                M::Beat,
                M::Torture,
                M::Sexual,
                M::Targeted,
                M::Destroy,
                M::Primitive,
                M::Firearms,
                M::Explosives,
                M::SuicideAttack,
                M::Aerial,
                M::Drone,
                M::HeavyWeapons,
                M::CrowdControl,
                M::Unconventional,
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_plover() {
        fn json<T: serde::Serialize>(value: T) -> String {
            serde_json::to_string(&value).unwrap()
        }
        assert_eq!(json(EventType::Assault), "\"ASSAULT\"");
        assert_eq!(json(Mode::SuicideAttack), "\"suicide-attack\"");
        assert_eq!(json(Mode::ThirdParty), "\"third-party\"");
        assert_eq!(json(Context::IllegalDrugs), "\"illegal_drugs\"");
    }

    #[test]
    fn types_and_modes_are_as_many_as_in_plover() {
        use EventType as T;
        let with_modes = [
            T::Consult,
            T::Retreat,
            T::Request,
            T::Accuse,
            T::Reject,
            T::Threaten,
            T::Protest,
            T::Sanction,
            T::Mobilize,
            T::Coerce,
            T::Assault,
        ];
        let modes: usize = with_modes.iter().map(|t| t.modes().len()).sum();
        assert_eq!(modes, 67);
        assert!(T::Aid.modes().is_empty());
        assert!(T::Assault.modes().contains(&Mode::HeavyWeapons));
    }
}
