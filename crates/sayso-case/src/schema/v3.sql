-- Links across documents, in other tables than before. All but the journal at the end follows from readings
-- and decisions: what the tables of version 2 held, in any of their forms, is dropped, and `sayso link` makes it
-- anew; a journal that is there is kept.

DROP TABLE IF EXISTS event_dirty;
DROP TABLE IF EXISTS event_todo;
DROP TABLE IF EXISTS event_near;
DROP TABLE IF EXISTS event_pair;
DROP TABLE IF EXISTS event_link;
DROP TABLE IF EXISTS event_page;
DROP TABLE IF EXISTS story;
DROP TABLE IF EXISTS story_near;
DROP TABLE IF EXISTS story_key;
DROP TABLE IF EXISTS story_page;
DROP TABLE IF EXISTS copy;
DROP TABLE IF EXISTS copy_run;
DROP TABLE IF EXISTS link_document;
DROP TABLE IF EXISTS house;
DROP TABLE IF EXISTS link_state;

-- How far linking has come; one row, none before the first time.
CREATE TABLE link_state (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  scheme  INTEGER NOT NULL,         -- how texts are compared; another one links all anew
  reading INTEGER NOT NULL,         -- the last reading that is linked
  review  INTEGER NOT NULL          -- the last decision that linking knows of
) STRICT;

-- Whose pages documents are: a publisher by its known name, else the host of its address.
CREATE TABLE house (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- A document that is linked.
CREATE TABLE link_document (
  document INTEGER PRIMARY KEY REFERENCES document,
  version  INTEGER NOT NULL REFERENCES version,  -- the one that is linked
  house    INTEGER REFERENCES house,
  credit   INTEGER REFERENCES house,             -- whose report the page says it is
  at       TEXT                     -- when it was published, as far as known; what sorts sooner is earlier
) STRICT;

-- Some of the runs of eight words of each document, by their hash (winnowing).
CREATE TABLE copy_run (
  run      INTEGER NOT NULL,
  document INTEGER NOT NULL,
  house    INTEGER NOT NULL,        -- of the document; its own number, negative, where unknown
  is_short INTEGER NOT NULL,        -- whether one run may be most of its text
  PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

-- Two documents of which one copies the other, or both a third.
CREATE TABLE copy (
  a      INTEGER NOT NULL REFERENCES document,   -- the one whose name sorts first
  b      INTEGER NOT NULL REFERENCES document,
  extent TEXT NOT NULL CHECK (extent IN ('whole', 'part')),
  in_a   REAL NOT NULL,             -- share of the words of a that stand in b
  in_b   REAL NOT NULL,
  shared TEXT NOT NULL,             -- JSON: start and end in a, start and end in b, of each stretch, in characters
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_b ON copy (b);

-- The words by which a linked document is compared with others.
CREATE TABLE story_page (
  document INTEGER PRIMARY KEY REFERENCES document,
  day      INTEGER,                 -- of publication, counted; NULL where it is not known to the day
  keys     BLOB NOT NULL,           -- hash and weight of its heaviest words, five bytes each
  terms    BLOB NOT NULL            -- hash and weight of its heaviest words and pairs of words, five bytes each
) STRICT;

-- Where its heaviest words are looked up.
CREATE TABLE story_key (
  word    INTEGER NOT NULL,
  stretch INTEGER NOT NULL,         -- of thirty days, counted; without a day, below -999999 by the document's number
  holders BLOB NOT NULL,            -- document, day of the stretch and weight: eight bytes, one, one
  PRIMARY KEY (word, stretch)
) STRICT, WITHOUT ROWID;

-- The documents most like each.
CREATE TABLE story_near (
  document INTEGER NOT NULL REFERENCES document,
  other    INTEGER NOT NULL REFERENCES document,
  rank     INTEGER NOT NULL,        -- 1 is most alike; the first three make stories
  likeness REAL NOT NULL,           -- from 0 to 1
  PRIMARY KEY (document, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_near_other ON story_near (other);

-- Documents about one matter in one stretch of time.
CREATE TABLE story (
  document INTEGER PRIMARY KEY REFERENCES document,
  story    INTEGER NOT NULL REFERENCES document,  -- its oldest document
  part     INTEGER NOT NULL                       -- what hangs together: its oldest document
) STRICT;
CREATE INDEX story_story ON story (story);
CREATE INDEX story_part ON story (part);

-- The event mentions of a linked document, described so that they can be compared.
CREATE TABLE event_page (
  document INTEGER PRIMARY KEY REFERENCES document,
  page     BLOB NOT NULL            -- `Described` of sayso-link, as the crate postcard writes it
) STRICT;

-- Pairs of documents whose events are to be compared, or compared no longer; both alike: all of
-- the document's.
CREATE TABLE event_todo (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- Event mentions that have to be joined anew.
CREATE TABLE event_dirty (
  mention INTEGER PRIMARY KEY
) STRICT;

-- Which event mentions of two documents, or of one, may be of one event, and how surely.
-- Two documents are told of both ways.
CREATE TABLE event_near (
  document INTEGER NOT NULL,
  other    INTEGER NOT NULL,
  scores   BLOB NOT NULL,           -- places of two mentions among the rows of their documents in event_link, two bytes each, and a score in millionths, four bytes
  PRIMARY KEY (document, other)
) STRICT, WITHOUT ROWID;

-- Event mentions that are linked, and the event that each is of.
CREATE TABLE event_link (
  mention  INTEGER PRIMARY KEY REFERENCES event_mention,
  document INTEGER NOT NULL REFERENCES document,
  event    INTEGER NOT NULL,        -- the oldest mention of the event
  part     INTEGER NOT NULL         -- what hangs together: its oldest mention
) STRICT;
CREATE INDEX event_link_document ON event_link (document);
CREATE INDEX event_link_event ON event_link (event);
CREATE INDEX event_link_part ON event_link (part);

-- What people decided on links: that two are one, or are not. Only added to; laid over what is found.
CREATE TABLE IF NOT EXISTS link_decision (
  id       INTEGER PRIMARY KEY,
  change   INTEGER NOT NULL REFERENCES change,
  who      TEXT NOT NULL,
  why      TEXT,
  kind     TEXT NOT NULL CHECK (kind IN ('story', 'event', 'source', 'letter')),
  same     INTEGER CHECK (same IN (0, 1)),  -- 1: they are one; 0: they are not; NULL: an undoing
  a        TEXT NOT NULL,           -- a document's name; JSON of where an event stands; a source as it is told
  b        TEXT NOT NULL,           -- the other; the letter
  undoes   INTEGER REFERENCES link_decision,
  previous BLOB NOT NULL,           -- digest of the entry before
  sha256   BLOB NOT NULL            -- of previous and all above
) STRICT;
CREATE TRIGGER IF NOT EXISTS link_decision_is_kept BEFORE DELETE ON link_decision
BEGIN SELECT RAISE(ABORT, 'the journal of links is only added to'); END;
CREATE TRIGGER IF NOT EXISTS link_decision_is_not_changed BEFORE UPDATE ON link_decision
BEGIN SELECT RAISE(ABORT, 'the journal of links is only added to'); END;
