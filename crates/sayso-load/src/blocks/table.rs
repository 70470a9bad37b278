//! What a whole line can be told by its words alone: one table of named rules.
//!
//! A rule sees the unit without quotation marks and stars around it, in any letter case unless a
//! pattern says otherwise. The first rule that fits decides. A rule must never fit a sentence of a
//! report: a paragraph taken for boilerplate is lost to the reader.

use sayso_reading::BlockKind;
use sayso_reading::BlockKind::{Boilerplate, Byline, Caption, Credit, Dateline};

use Where::{Anywhere, Edge, Tail};

/// Where in a document a rule may fit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Anywhere,
    /// Among the first or last few units.
    Edge,
    /// Among the last few units.
    Tail,
}

/// What a unit is when its words match.
pub(super) struct Rule {
    /// What it is called in explanations.
    pub name: &'static str,
    pub kind: BlockKind,
    pub place: Where,
    /// The longest unit it may fit, in characters.
    pub longest: usize,
    /// It fits where one of these does. Words in braces stand for those of [`WORDS`].
    pub patterns: &'static [&'static str],
}

const fn rule(
    name: &'static str,
    kind: BlockKind,
    place: Where,
    longest: usize,
    patterns: &'static [&'static str],
) -> Rule {
    Rule {
        name,
        kind,
        place,
        longest,
        patterns,
    }
}

/// The names of agencies, as they stand in credits and datelines.
pub(super) const AGENCY: &str = "AP|AFP|UPI|dpa|DPA|CNN|BBC|TASS|ANSA|IRNA|ISNA|SANA|INA|KUNA|SPA|WAM|PTI|ANI|EFE|NPR|PA|\
    Reuters|Bloomberg|Xinhua|Kyodo(?: News)?|Yonhap|Interfax|Anadolu(?: Agency)?|\
    (?:The )?Associated Press|(?:Agence )?France-Presse|United Press International|\
    Thomson Reuters Foundation|Press Association|[A-Z][A-Za-z]+ News Agency";

/// Words that several rules share; one may use those below it.
#[rustfmt::skip]
pub(super) const WORDS: &[(&str, &str)] = &[
    ("{AGENCY}", AGENCY),
    // A word of a person's name, with the small words that may stand before it.
    ("{NAME}", r"(?:(?:de|van|von|der|bin|ibn|al|el|la|di|da|of|for|in|at|the) )*{UP}[^\s,;:|!?“”()]*"),
    ("{SHARING}", r"(?:{SITE}|google\+|e-?mail|print|share|tweet|pin|post|send|like|on|to|via|with|and|this|the|article|story|page|copy|link|save|comment|friends?)"),
    ("{SITE}", r"facebook|twitter|x|whats ?app|telegram|linked ?in|reddit|pinterest|tumblr|instagram|youtube|flipboard|tiktok|threads|mastodon|bluesky"),
    ("{LEGAL}", r"terms (?:of (?:use|service)|and conditions)|privacy(?: policy)?|contact us|about us|cookie policy"),
    ("{PICTURES}", r"(?-i:Getty(?: Images)?|AP(?: Photo| Images)?|AFP|REUTERS|Reuters|EPA(?:-EFE)?|Shutterstock|Alamy|Bloomberg|Anadolu)"),
    ("{STAMPED}", r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|created)|date(?: of publication)?)(?: at| on)?"),
    ("{WEEKDAY}", r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"),
    ("{DATE}", r"(?:[0-9]{1,2}(?:st|nd|rd|th)? {MONTH},? [0-9]{4}|{MONTH} [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4}|[0-9]{4}-[0-9][0-9]-[0-9][0-9]|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})"),
    ("{MONTH}", r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"),
    ("{CLOCK}", r"[0-9]{1,2}[:.][0-9][0-9](?::[0-9][0-9])?{ZONE}"),
    ("{ZONE}", r"(?: ?[ap]\.?m\.?)?(?: \(?[a-z]{2,5}\)?)?"),
    ("{END}", r"[\s[:punct:]»…—–”’·]*"),
    // A capital of the Latin script: all of Unicode's would make the table slow to build.
    ("{UP}", "[A-ZÀ-ÖØ-ÞĀ-ſ]"),
];

/// The table. Order counts: what is told first is not told otherwise below.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    // Left over from the page's code and layout.
    rule("markup", Boilerplate, Anywhere, 300, &[
        r"^</?[a-z][[:word:]-]*(?:\s[^<>]*)?(?:/?>{END})?$",
    ]),
    rule("attribute", Boilerplate, Anywhere, 200, &[
        r#"^[a-z][[:word:]-]*="[^"]*"?\s*/?>?$"#,
    ]),
    rule("stylesheet", Boilerplate, Anywhere, 200, &[
        r"^[.#@]?[[:word:]-]+(?:[ ,.#>:]+[[:word:]-]+)* ?\{$",
        r"^(?-i:[a-z-]+): [^.;]+;$",
    ]),
    rule("media-error", Boilerplate, Anywhere, 160, &[
        r"^(?:we are sorry, ?)?this video is (?:restricted|not available|unavailable)\b",
        r"^(?:video|media) (?:player )?(?:unavailable|not supported|loading)\b",
        r"^your browser does(?: not|n.t) support\b",
    ]),
    // Ways around the site.
    rule("skip-link", Boilerplate, Anywhere, 60, &[
        r"^skip to (?:the )?(?:main )?(?:content|navigation|search)$",
        r"^(?:back to (?:the )?(?:top|home ?page)|main menu|menu|search|home|close|toggle navigation)$",
    ]),
    rule("continue-link", Boilerplate, Anywhere, 80, &[
        r"^(?:story|article) continue[sd] (?:below|after)\b.*$",
        r"^continue reading(?: the main story| below)?{END}$",
        r"^(?:show|load|see|view) (?:more|all)(?: (?:stories|posts|articles|news|comments))?{END}$",
    ]),
    rule("advertisement", Boilerplate, Anywhere, 40, &[
        r"^advertise?ments?(?: -? ?(?:scroll|continue).*)?$",
        r"^powered by\b",
        r"^(?:sponsored|supported|promoted|ad) ?(?:content|by|feature)?:?$",
    ]),
    rule("old-page", Boilerplate, Edge, 200, &[
        r"^you (?:see|are (?:seeing|viewing|reading|looking at)) (?:a|an|the) (?:[[:word:]]+ )?(?:page|version|copy|article) (?:from|of|on) (?:the|our|an) (?:old|archived?|previous|earlier|former)\b",
        r"\bthis (?:page|site|website) is no longer (?:updated|maintained)\b",
        r"\bview the new (?:site|version)\b",
    ]),
    rule("cookies", Boilerplate, Anywhere, 400, &[
        r"^(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies\b",
        r"^by (?:continuing|clicking|using)\b.*\byou\b.*\b(?:cookies|terms|privacy)\b",
        r"^(?:accept|reject|manage)(?: all)? cookies$",
        r"^(?:please )?(?:enable|turn on) (?:java ?script|cookies)\b",
        r"^java ?script (?:is|must be) (?:dis|en)abled\b",
        r"\b(?:disable|turn off) your ad ?-?blocker\b",
    ]),
    rule("print-link", Boilerplate, Anywhere, 60, &[
        r"^(?:print|e-?mail|save|share|listen to|download)(?: (?:this|the))?(?: (?:article|story|page|post|pdf))?$",
        r"^get short url\b.*$",
        r"^copy (?:link|url)$",
        r"^(?:purchase: )?order reprints?$",
        r"^(?:www\.)?[[:word:]-]+\.(?:com|org|net|info|co\.uk)$",
        r"^(?:view |play |enlarge (?:this )?)?(?:photo|image|picture|video|media caption|image caption|image copyright)s?$",
        r"^(?:text size|font size)\b.*$",
    ]),
    // Asking readers to do something.
    rule("share", Boilerplate, Anywhere, 100, &[
        r"^(?:{SHARING}[ ,/|·]*)*(?:{SITE}|google\+|e-?mail)[ ,/|·]*(?:{SHARING}[ ,/|·]*)*{END}$",
        r"^share (?:this|quote & link|with friends){END}$",
        r"^go to permalink$",
    ]),
    rule("share-ask", Boilerplate, Anywhere, 100, &[
        r"^(?:please )?(?:share and comment|comment and share|like (?:the|our|us on)|share your (?:thoughts|views|opinions?))\b",
    ]),
    rule("follow", Boilerplate, Anywhere, 220, &[
        r"^(?:(?:on twitter,? )?(?:you can )?follow|find|like|join) .+\b(?:on|at|via) (?:[[:word:]]+ and )?(?:{SITE})\b",
        r"^(?:on )?twitter(?: handle)?[:,]? (?:follow .*|@[[:word:]]+\.?)$",
        r"^on twitter follow\b",
        r"^(?:@[[:word:]]+[ ,.]*)+$",
        r"^follow @?[[:word:]]+$",
    ]),
    rule("newsletter", Boilerplate, Anywhere, 260, &[
        r"^(?:.*[:?.!] )?(?:please )?(?:sign up|signup|subscribe)\b(?: now| here| today)?(?: (?:for|to|with|here|now|today)\b.*)?{END}$",
        r"^(?:get|receive|want) .*\b(?:newsletters?|(?:in|to) your (?:inbox|e-?mail)|e-?mail (?:alerts|updates)|push notifications)\b",
        r"^(?:enter )?your e-?mail(?: address)?{END}$",
        r"^for more,? sign up\b",
        r"^thank you for (?:subscribing|signing up)\b",
        r"^already a (?:subscriber|member)\?",
    ]),
    rule("support-us", Boilerplate, Tail, 300, &[
        r"^(?:please )?(?:donate|support (?:us|our (?:work|journalism))|become a (?:member|supporter|patron))\b",
    ]),
    rule("podcast", Boilerplate, Tail, 260, &[
        r"^(?:subscribe to|listen to|download) .*\bpodcasts?\b",
    ]),
    rule("comment-box", Boilerplate, Anywhere, 90, &[
        r"^(?:[0-9]+ )?comments?(?: \([0-9]+\))?:?$",
        r"^(?:leave|post|add|write) (?:a|your) (?:comment|reply)\b",
        r"^(?:view|show|hide|read|see)(?: all)?(?: [0-9]+)? comments\b",
        r"^(?:join|start) the (?:conversation|discussion)\b",
        r"^be the first to comment\b",
        r"^(?:please )?(?:log ?in|sign in|register)(?: or (?:register|sign up|log ?in))?(?: to (?:comment|post|reply|continue).*)?{END}$",
        r"^comments are (?:closed|off)\b",
        r"^report (?:a|an) (?:typo|error|mistake|correction)\b",
        r"^(?:flag|share|like|reply|show more posts|[ ,|])+\.?$",
    ]),
    // Ways to other pages.
    rule("read-more", Boilerplate, Anywhere, 220, &[
        r"^(?:read|see|watch|listen|view)(?: (?:more|also|next|now|this|on))*(?: (?:stories|here))? ?[:|»>]+\s?.*$",
        r"^(?:related|more|further reading|recommended|see also|don.t miss|must read|trending|(?:photo )?gallery)(?: (?:stories|story|articles?|coverage|news|reading|content|video))? ?[:|»>]+\s?\S.*$",
        r"^click (?:here|on|the)\b.*$",
        r"^(?:for|find) (?:more|the latest|all)\b.*\b(?:click|visit|go to|see|check out|follow|sign up|here|below)\b.*$",
    ]),
    rule("read-here", Boilerplate, Anywhere, 160, &[
        r#"^(?:you can )?(?:read|see|watch|view|listen to|check out|hear)\b[^“”".]*\b(?:here|below|above|at the link)(?: at [^.]+| on [^.]+)?\s?[.:]?$"#,
        r#"^(?:read|see) (?:the )?(?:rest|full (?:story|article|report|text|interview|transcript|statement)|more)\b(?: of [^“”".]+)?(?: (?:at|on|in|from) .+)?\s?[.:»]*$"#,
    ]),
    rule("teaser", Boilerplate, Anywhere, 500, &[
        r"[.!?…””’] ?(?:read |see )?more ?[»>.…]*$",
    ]),
    rule("hat-tip", Boilerplate, Tail, 80, &[
        r"^\(?h/?t:? .*$",
    ]),
    rule("also-published", Boilerplate, Edge, 200, &[
        r"^(?:this (?:article|story|piece|post|essay|op-?ed|column|report)|(?:a|an earlier) version of this [[:word:]]+) (?:was |has been |is )?(?:first|originally|also|previously) (?:appeared|published|posted|ran)\b",
        r"^(?:originally|first) published (?:in|at|on|by)\b",
    ]),
    // The page about itself.
    rule("copyright", Boilerplate, Anywhere, 160, &[
        r"^(?:©|\(c\) |&copy;|copyright(?: notice)?$|copyright,? (?:©|\(c\)|[0-9]{4}|by |of ))",
    ]),
    rule("copyright", Boilerplate, Anywhere, 500, &[
        r"\ball rights reserved\b",
        r"^this (?:material|article|story|content) may not be (?:published|reproduced|broadcast|rewritten|redistributed)\b",
        r"^(?:{LEGAL})(?:[ |·,]+(?:{LEGAL}))*$",
    ]),
    rule("published-by", Boilerplate, Tail, 200, &[
        r"^published by .+[-–—,] .*$",
    ]),
    rule("opinions", Boilerplate, Edge, 400, &[
        r"\b(?:views|opinions)(?: (?:and [[:word:]]+ )?(?:expressed|contained|stated)\b.*)? (?:are|do not|belong)\b.*\b(?:author|writer|own|necessarily|editorial)",
    ]),
    rule("updated-note", Boilerplate, Anywhere, 300, &[
        r"^this (?:story|article|post|piece|report|page) (?:has been|was|will be|is being) (?:updated|corrected|amended)\b",
        r"^this is a (?:developing|breaking)(?: news)? story\b.*$",
        r"^(?:please )?check back (?:here )?for updates\b",
    ]),
    rule("archive-label", Boilerplate, Anywhere, 40, &[
        r"^(?:abstract|full text|correction appended){END}$",
    ]),
    rule("reading-time", Boilerplate, Anywhere, 60, &[
        r"^(?:{END})?[0-9]+[ -]?min(?:ute)?s?(?: read| listen)?$",
        r"^(?:estimated )?reading time\b.*$",
    ]),
    rule("video-mark", Boilerplate, Anywhere, 40, &[
        r"^\((?:begin|end)(?: of)?(?: video| audio)? ?(?:clip|tape|videotape)\.?\)\.?$",
    ]),
    // When the page was written or changed.
    rule("date-stamp", Dateline, Anywhere, 100, &[
        r"^(?:{STAMPED}:? )?(?:{WEEKDAY}[,.]? )?{DATE}(?:[ ,/|·–—-]+(?:at )?{CLOCK})?{END}$",
        r"^(?:{STAMPED}:? )?(?:{WEEKDAY}[,.]? )?(?:{MONTH} [0-9]{1,2}|[0-9]{1,2} {MONTH}),? (?:at )?{CLOCK}{END}$",
        r"^(?:{STAMPED}:? )?{CLOCK}[, ]+(?:on )?(?:{WEEKDAY}[,.]? )?{DATE}{END}$",
    ]),
    rule("time-stamp", Dateline, Anywhere, 20, &[
        r"^[0-9]{1,2}(?:[:.][0-9][0-9])? ?[ap]\.?m\.?$",
        r"^[0-9]{1,2}:[0-9][0-9](?: (?:gmt|utc|est|edt|cet|bst))?$",
    ]),
    // Who wrote it, took it, passed it on.
    rule("byline", Byline, Edge, 140, &[
        r"^(?:(?:written|words|story|text|reported|authored) )?by:? (?-i:{NAME}(?:(?: ?,? (?:and|&) | ?, | [|–-] | ){NAME})+)\.?$",
        r"^by (?-i:{NAME}(?: {NAME})+), [^.!?]+$",
        r"^(?:authors?|by|reporters?|writers?): (?-i:{NAME}(?:(?: ?,? (?:and|&) | ?, | [|–-] | ){NAME})*)\.?$",
    ]),
    rule("agency", Credit, Anywhere, 60, &[
        r"^[-–—(\[/ ]*(?:source: )?(?-i:{AGENCY})[)\]]?\s*[-–—]*\.?$",
    ]),
    rule("reporting-credit", Credit, Anywhere, 500, &[
        r"^\(?(?:additional |further )?(?:reporting|writing|editing|compiled|translat(?:ed|ion)|edited|production|produced|story|podcast produced|video produced|photographs?|graphics?|illustrations?)(?: and (?:[[:word:]]+))? by:? (?-i:{UP})",
    ]),
    rule("contributors", Credit, Tail, 320, &[
        r"^\(?(?-i:[^“”]*\bcontributed (?:to (?:this|the) (?:report|story|article|piece)|reporting|research|from (?:{UP}))|contributing:)",
    ]),
    rule("reported-from", Credit, Tail, 320, &[
        r"^(?-i:(?:{UP}[^\s,;:|!?“”()]+ )+reported from (?:{UP}[^;:|!?“”()]+)(?:and (?:{UP}[^,;:|!?“”()]+) (?:reported )?from [^“”]+)?)\.?$",
    ]),
    rule("photo-credit", Credit, Anywhere, 140, &[
        r"^\(?(?:file )?(?:photos?|photograph(?:er|y)?|images?|pictures?|illustration|graphic|screenshot|credit)(?: credits?| courtesy(?: of)?| by| from)? ?[:/©] ?\S.*$",
        r"^\(?(?:file )?(?:photo|image|picture|photograph|illustration|courtesy)s? (?:by|courtesy of|from) [^.]+\)?\.?$",
        r"^(?:file|stock) (?:photo|image|picture){END}$",
    ]),
    rule("photo-agency", Credit, Anywhere, 90, &[
        r"^(?:[^.!?“”]*(?:\bvia |/ ?)|\(?){PICTURES}(?: ?/ ?[^.:;!?()]+)?(?: via {PICTURES})?\)?\.?$",
    ]),
    rule("caption", Caption, Anywhere, 500, &[
        r"^(?-i:FILE) ?[-–—]",
        r"[(\[](?:(?:file )?(?:photo|image|picture|credit)|file)(?:[: ][^)\]]*)?[)\]]{END}$",
        r"[(\[][^)\]]*(?:/|via |AP ){PICTURES}[^)\]]*[)\]]{END}$",
        r"[(\[](?:getty images|ap photo)[^)\]]*[)\]]{END}$",
    ]),
];

/// Headings under which a page lists its other pages. `the`, `our` or a colon may stand around.
#[rustfmt::skip]
pub(super) const OPENERS: &[&str] = &[
    r"most (?:popular|read|viewed|shared|commented|watched|recent|clicked)(?: (?:stories|articles|now|today|news|in(?: [^ .,]+){1,3}))?",
    r"popular(?: (?:now|stories|posts|articles|news|on(?: [^ .,]+){1,3}))?",
    r"trending(?: (?:now|stories|topics|news|on(?: [^ .,]+){1,3}))?",
    r"related(?: (?:articles?|stories|story|news|topics?|posts?|content|links?|coverage|reading|videos?))?",
    r"recommended(?: (?:for you|stories|articles|reading|videos|by))?",
    r"more (?:from(?: [^ .,]+){1,4}|(?:on|about) this(?: (?:story|topic))?|stories|news|articles|headlines|to read|like this)",
    r"you (?:may|might)(?: also)? (?:like|enjoy|be interested in)(?: [^ .,]+){0,2}",
    r"latest (?:news|stories|headlines|articles|posts|videos|updates)",
    r"(?:today.s )?top (?:stories|news|headlines|posts|articles)",
    r"also on(?: [^ .,]+){1,3}",
    r"editor(?:s|['’]s|s['’])? (?:picks?|choice)",
    r"(?:from )?around the web",
    r"from our partners",
    r"(?:sponsored|promoted|paid) (?:content|stories|links|posts)",
    r"what to (?:read|watch) next",
    r"(?:read|watch|up) next",
    r"in case you missed it",
    r"don.t miss",
    r"see also",
    r"read (?:more|also)",
    r"keep reading",
    r"(?:other|recent) (?:news|stories|articles|posts|comments)",
    r"about the authors?",
    r"topics|tags|filed under",
    r"share this(?: (?:article|story|post|page))?",
];
