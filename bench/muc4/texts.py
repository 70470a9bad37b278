"""A text with its reading: tokens, sentences, noun phrases, and the events with their arguments as tokens."""
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

MONTHS = {m: i + 1 for i, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())}
TOKEN = re.compile(r"[A-Z0-9Ñ]+(?:[.'’-][A-Z0-9Ñ]+)*\.?(?<=[A-Z]\.[A-Z]\.)|[A-Z0-9Ñ]+(?:[.'’-][A-Z0-9Ñ]+)*|[^\sA-Z0-9]")
# Words at which a noun phrase in capitals, where nothing else marks it, begins or ends.
STOP = set("""A AN THE THIS THAT THESE THOSE AND OR BUT OF IN ON AT FROM TO BY WITH FOR WHO WHICH WHOSE WHOM NEAR BETWEEN
 AGAINST INTO AFTER BEFORE DURING WHILE WHEN WHERE AS IF THEN THAN THERE HERE IT ITS HE SHE THEY WE YOU I HIS HER THEIR
 OUR MY ONE HIM THEM US IS ARE WAS WERE BE BEEN BEING HAS HAVE HAD HAVING DO DOES DID WILL WOULD COULD SHOULD MAY MIGHT
 CAN MUST NOT NO ALSO ONLY JUST EVEN TODAY YESTERDAY LAST ABOUT OVER UNDER THROUGH AMONG SINCE UNTIL BECAUSE SOME
 SEVERAL MANY ALL BOTH EACH EVERY ANY OTHER ANOTHER TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN SAID REPORTED ADDED
 KILLED KILLING WOUNDED INJURED KIDNAPPED MURDERED ATTACKED DESTROYED DAMAGED KILL ATTACK DYNAMITED BLEW EXPLODED
 MORE LEAST APPROXIMATELY TOOK TAKE MADE LEFT MEANWHILE HOWEVER ACCORDING ALLEGEDLY REPORTEDLY PRESUMABLY CLAIMED
 AGO WHAT HOW WHY OUT UP OFF DOWN SUCH SAME THUS SO TOO""".split())
MODIFIERS = 4


def published(text):
    """The day in the dateline ("BOGOTA, 3 OCT 89 (EFE) --"), ISO; None where it tells none."""
    for pattern in (r"(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})\b", r"\b([A-Z]{3})[A-Z]* (\d{1,2}),? (\d{2})\b"):
        m = re.search(pattern, text[:250])
        if m:
            a, b, year = m.groups()
            number, month = (a, b) if a.isdigit() else (b, a)
            if month in MONTHS:
                return f"19{year}-{MONTHS[month]:02d}-{int(number):02d}"
    return None


@dataclass
class Event:
    at: tuple                     # first and last token of the trigger
    word: str
    type: str
    mode: str
    realis: str
    actor: list = field(default_factory=list)         # (first, last) tokens
    recipient: list = field(default_factory=list)
    place: object = None          # the reading's place, time and figures themselves
    time: object = None
    figures: list = field(default_factory=list)
    within: object = None         # the attribution
    responsibility: list = field(default_factory=list)
    chance: float = 0.0           # that it belongs to an incident the keys hold

    @property
    def stem(self):
        return re.sub(r"(INGS?|EDS?|ES|S|ERS?|IONS?)$", "", self.word)[:7]


class Text:
    def __init__(self, reading):
        document = reading["document"]
        self.id, self.text, self.reading = document["id"], document["text"], reading
        self.published = (document.get("published") or published(self.text) or "")[:10] or None
        self.tokens = [(m.start(), m.end(), m[0]) for m in TOKEN.finditer(self.text)]
        self.words = [w for _, _, w in self.tokens]
        self.starts = [s for s, _, _ in self.tokens]
        self.sentence, self.paragraph = self._sentences()
        header = re.match(r"\s*[^-]{0,120}(?:-[^-]{0,60})?--", self.text)
        self.body = bisect_left(self.starts, header.end()) if header else 0
        self.tags = re.findall(r"\[([A-Z ]{4,40})\]", self.text[:400])
        self.relevance = 0.5      # the chance that the key has templates of this text
        self.events = self._events()
        self.triggers = {i for e in self.events for i in range(e.at[0], e.at[1] + 1)}
        self.speakers = [x for a in reading["attributions"] for s in a["source"]["spans"] for x in [self.range(s)] if x]

    def _sentences(self):
        sentence, paragraph, s, p = [], [], 0, 0
        for i, (start, _, _) in enumerate(self.tokens):
            if i:
                between = self.text[self.tokens[i - 1][1]:start]
                if re.search(r"\n\s*\n", between):
                    s, p = s + 1, p + 1
                elif self.words[i - 1] in ".?!;" and len(between) >= 1 and len(between.replace("\n", "  ")) > 1:
                    s += 1
            sentence.append(s)
            paragraph.append(p)
        return sentence, paragraph

    def range(self, span):
        """First and last token of a span; None where it holds none."""
        first = bisect_right(self.starts, span["start"]) - 1
        if first < 0 or self.tokens[first][1] <= span["start"]:
            first += 1
        last = bisect_left(self.starts, span["end"]) - 1
        return (first, last) if 0 <= first <= last else None

    def ranges(self, arguments):
        return [r for a in arguments for s in a["spans"] for r in [self.range(s)] if r]

    def _events(self):
        places = {p["id"]: p for p in self.reading["places"]}
        times = {t["id"]: t for t in self.reading["times"]}
        figures = {f["id"]: f for f in self.reading["figures"]}
        attributions = {a["id"]: a for a in self.reading["attributions"]}
        out = []
        for e in (e for e in self.reading["events"] if e["type"] != "OTHER"):
            at = self.range(e["trigger"]["spans"][0]) if e["trigger"]["spans"] else None
            if at:
                out.append(Event(at, self.words[at[0]] if at[0] == at[1] else self.trigger(at), e["type"], e["mode"] or "-",
                                 e["realis"], self.ranges(e["actor"]), self.ranges(e["recipient"]), places.get(e["place"]),
                                 times.get(e["time"]), [figures[f] for f in e["figures"] if f in figures],
                                 attributions.get(e["within"]), e["responsibility"]))
        return sorted(out, key=lambda e: e.at)

    def trigger(self, at):
        """Its longest word stands for a trigger of several."""
        return max(self.words[at[0]:at[1] + 1], key=len)

    def string(self, first, last):
        return " ".join(self.text[self.tokens[first][0]:self.tokens[last][1]].split())

    def phrase(self, at):
        """The noun phrase that ends with a token."""
        first = at
        while (first > 0 and at - first < MODIFIERS and self.sentence[first - 1] == self.sentence[at]
               and re.match(r"[A-Z0-9]", self.words[first - 1]) and self.words[first - 1] not in STOP
               and not self.words[first - 1].isdigit() and first - 1 not in self.triggers):
            first -= 1
        return first, at

    def head(self, span):
        """The head's token of a longer phrase: the last before a preposition, comma or bracket."""
        for i in range(span[0] + 1, span[1] + 1):
            if self.words[i] in "([,;:\"" or self.words[i] in ENDS:
                if re.match(r"[A-Z0-9]", self.words[i - 1]) and self.words[i - 1] not in STOP:
                    return i - 1
        last = span[1]
        while last > span[0] and not re.match(r"[A-Z0-9]", self.words[last]):
            last -= 1
        return last


ENDS = set("OF IN ON AT FROM TO BY WITH FOR WHO WHICH THAT WHOSE NEAR BELONGING BETWEEN AND OR".split())


def overlap(a, b):
    return a[0] <= b[1] and b[0] <= a[1]
