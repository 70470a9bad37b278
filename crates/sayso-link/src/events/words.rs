//! Words as events are compared by: their stems, and which of them say nothing.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::stories::hash;

/// Words that say nothing of an event.
const STOP: &str = " a an the of in on at to for by with from as and or but if than then that this these those it its he him his she her hers they them their we us our you your i me my is are was were be been being am has have had do does did will would can could may might shall should must not no n t s so such into over under about after before up down out off who whom which what when where why how there here also more most very just all any some each other own same too only again once while during between through because until both few nor ";

/// Stems of verbs that mean something only by what goes with them.
const LIGHT: &str = " be have do go get make take give come put set hold keep let say tell report announc state add accord use tri want begin start continu becom seem know see show call ask happen occur caus lead bring place face ";

/// Forms whose stem no rule gives, each with the word it goes by.
const IRREGULAR: &str = "shot:shoot dead:die death:die died:die dying:die deceased:die injury:injure injuries:injure sold:sell sale:sell fought:fight bought:buy stole:steal stolen:steal theft:steal threw:throw thrown:throw fell:fall fallen:fall struck:strike stricken:strike slain:slay slew:slay lost:lose loss:lose losses:lose born:birth marriage:marry married:marry marries:marry wed:wedding said:say told:tell gave:give given:give took:take taken:take went:go gone:go made:make came:come got:get gotten:get held:hold kept:keep left:leave met:meet began:begin begun:begin broke:break broken:break brought:bring built:build burnt:burn caught:catch chose:choose chosen:choose dealt:deal drew:draw drawn:draw drove:drive driven:drive ate:eat eaten:eat flew:fly flown:fly flight:fly forbade:forbid found:find froze:freeze frozen:freeze grew:grow grown:grow hung:hang heard:hear hid:hide hidden:hide knew:know known:know laid:lay led:lead lit:light paid:pay payment:pay ran:run rose:rise risen:rise saw:see seen:see sought:seek sent:send shook:shake shaken:shake shown:show shut:shut sang:sing sank:sink sunk:sink spoke:speak spoken:speak speech:speak spent:spend stood:stand swore:swear sworn:swear swept:sweep swam:swim taught:teach thought:think understood:understand won:win win:win winner:win wrote:write written:write blew:blow blown:blow bled:bleed bred:breed clung:cling crept:creep fled:flee flung:fling forgot:forget forgave:forgive ground:grind rode:ride ridden:ride rang:ring sprang:spring stuck:stick stung:sting tore:tear torn:tear wore:wear worn:wear withdrew:withdraw withdrawn:withdraw withdrawal:withdraw arrest:arrest deaths:die killing:kill arrival:arrive departure:depart refusal:refuse denial:deny denied:deny denies:deny trial:try tries:try tried:try proof:prove choice:choose growth:grow explosion:explode invasion:invade decision:decide collision:collide seizure:seize";

/// Whether a word, in lower case, says nothing of an event.
pub(crate) fn is_stop(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP.split(' ').collect());
    WORDS.contains(word)
}

/// Whether a stem means something only by what goes with it.
pub(crate) fn is_light(stem: &str) -> bool {
    static STEMS: LazyLock<HashSet<&str>> = LazyLock::new(|| LIGHT.split(' ').collect());
    STEMS.contains(stem)
}

/// The stem of a word in lower case: Porter's second one for English, irregular forms by a list.
pub(crate) fn stem(word: &str) -> String {
    static FORMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        IRREGULAR
            .split(' ')
            .filter_map(|p| p.split_once(':'))
            .collect()
    });
    let regular = FORMS.get(word).copied().unwrap_or(word);
    Stemmer::create(Algorithm::English)
        .stem(regular)
        .into_owned()
}

/// The hash of a word's stem; words come again and again, so that each thread keeps what it found.
pub(crate) fn stem_hash(word: &str) -> u32 {
    const HELD: usize = 100_000;
    thread_local! {
        static FOUND: RefCell<HashMap<String, u32>> = RefCell::new(HashMap::new());
    }
    FOUND.with_borrow_mut(|found| {
        if let Some(hash) = found.get(word) {
            return *hash;
        }
        if found.len() >= HELD {
            found.clear();
        }
        let hash = hash(&stem(word));
        found.insert(word.to_owned(), hash);
        hash
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_have_one_stem() {
        for (a, b) in [
            ("shot", "shooting"),
            ("resigned", "resignation"),
            ("deaths", "died"),
            ("announcement", "announced"),
            ("fires", "fired"),
            ("denies", "denial"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("kill"), stem("shoot"));
        assert!(is_light(&stem("makes")) && is_light(&stem("announced")));
        assert!(is_stop("the") && !is_stop("raid"));
    }
}
