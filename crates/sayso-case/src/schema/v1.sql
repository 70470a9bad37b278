-- A case of sayso, version 1. docs/schema.md is written from this file.

-- All that was done to the case, in order. Nothing else has a date of its own: rows name the
-- change that brought them (since) and the one that replaced them (until).
CREATE TABLE change (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,            -- UTC, RFC 3339 with milliseconds
  what    TEXT NOT NULL CHECK (what IN ('create', 'add', 'review', 'upgrade')),
  program TEXT NOT NULL             -- version of sayso
) STRICT;

-- Who published.
CREATE TABLE publisher (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- A text that people know under one name; its versions hold what it said when.
CREATE TABLE document (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE         -- document.id of its first reading
) STRICT;

-- What a document said at one time, as it was taken in.
CREATE TABLE version (
  id           INTEGER PRIMARY KEY,
  document     INTEGER NOT NULL REFERENCES document,
  number       INTEGER NOT NULL,    -- 1, 2, 3 …
  name         TEXT NOT NULL,       -- document.id as this version was given
  path         TEXT,                -- where it was taken from
  url          TEXT,
  title        TEXT,
  byline       TEXT,
  publisher    INTEGER REFERENCES publisher,
  published    TEXT,                -- EDTF
  earliest     TEXT,                -- first day that this can mean
  latest       TEXT,                -- last day that this can mean
  modified     TEXT,                -- EDTF
  language     TEXT,                -- ISO 639-1
  text         TEXT NOT NULL,
  words        INTEGER NOT NULL,
  text_sha256  BLOB NOT NULL,       -- of the text, in UTF-8
  sha256       BLOB NOT NULL,       -- of the JSON array of name, url, title, byline, publisher, published, modified, language, text_sha256 in hexadecimal digits
  input_sha256 BLOB,                -- of the file it came from
  since        INTEGER NOT NULL REFERENCES change,
  until        INTEGER REFERENCES change,
  UNIQUE (document, number)
) STRICT;
CREATE INDEX version_name ON version (name);
CREATE INDEX version_url ON version (url) WHERE url IS NOT NULL;
CREATE INDEX version_path ON version (path) WHERE path IS NOT NULL;
CREATE INDEX version_day ON version (earliest) WHERE until IS NULL;
-- Those whose day of publication is not known to the day: few, and looked for apart.
CREATE INDEX version_vague ON version (latest, earliest)
  WHERE published IS NOT NULL AND latest IS NOT earliest;

-- What read: a version of sayso with its weights.
CREATE TABLE reader (
  id      INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  model   TEXT NOT NULL,            -- sha256: and the digest of the weights
  UNIQUE (version, model)
) STRICT;

-- What a reader found in a version. Added, never overwritten.
CREATE TABLE reading (
  id      INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version,
  reader  INTEGER NOT NULL REFERENCES reader,
  json    BLOB NOT NULL,            -- the reading without the document's text, JSON packed with zstd
  blocks  TEXT NOT NULL,            -- the text's blocks, JSON: kind, start, end of each, in characters
  sha256  BLOB NOT NULL,            -- of json, as it is kept, and blocks behind it
  since   INTEGER NOT NULL REFERENCES change,
  until   INTEGER REFERENCES change,
  UNIQUE (version, reader)
) STRICT;

-- What the loader or the reader want people to know.
CREATE TABLE note (
  reading  INTEGER NOT NULL REFERENCES reading,
  position INTEGER NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (reading, position)
) STRICT, WITHOUT ROWID;

-- A person, organization, place … within one reading.
CREATE TABLE entity (
  reading   INTEGER NOT NULL REFERENCES reading,
  local     TEXT NOT NULL,          -- its id in the reading
  kind      TEXT NOT NULL,
  name      TEXT NOT NULL,
  describes TEXT,                   -- what the text says they are
  mentions  INTEGER NOT NULL,
  PRIMARY KEY (reading, local)
) STRICT, WITHOUT ROWID;

-- A stretch of content put down to somebody.
CREATE TABLE attribution (
  id          INTEGER PRIMARY KEY,
  reading     INTEGER NOT NULL REFERENCES reading,
  local       TEXT NOT NULL,        -- its id in the reading
  within      TEXT,                 -- local id of the one whose content this stands in
  source      TEXT,                 -- the words
  source_name TEXT,                 -- the fullest name in the text
  source_kind TEXT,
  role        TEXT,
  condition   TEXT,                 -- why unnamed
  cue         TEXT,
  lemma       TEXT,
  act         TEXT,
  certainty   TEXT,
  negated     INTEGER NOT NULL,     -- 1: said not to have been said
  quote       TEXT NOT NULL,
  content     TEXT NOT NULL,        -- its words
  start       INTEGER NOT NULL,     -- of the content, in characters of the version's text
  "end"       INTEGER NOT NULL,
  hedge       TEXT,
  origin      TEXT,                 -- where it comes from: the last hop, else the source
  origin_kind TEXT,
  score       REAL NOT NULL,
  review      INTEGER REFERENCES review,   -- the entry that made this row; NULL: the reader did
  json        TEXT,                 -- the attribution as corrected; NULL: as in the reading
  since       INTEGER NOT NULL REFERENCES change,
  until       INTEGER REFERENCES change
) STRICT;
CREATE INDEX attribution_reading ON attribution (reading);
CREATE INDEX attribution_ended ON attribution (until) WHERE until IS NOT NULL;
CREATE INDEX attribution_review ON attribution (review) WHERE review IS NOT NULL;

-- The carriers of a statement, from the one nearest the reader to the origin.
CREATE TABLE hop (
  attribution INTEGER NOT NULL REFERENCES attribution,
  position    INTEGER NOT NULL,     -- 1 is nearest the reader
  name        TEXT,
  kind        TEXT NOT NULL,
  "by"        TEXT,                 -- told, cited, quoted, posted …
  words       TEXT NOT NULL,
  PRIMARY KEY (attribution, position)
) STRICT, WITHOUT ROWID;

-- An event as one text tells it.
CREATE TABLE event_mention (
  id           INTEGER PRIMARY KEY,
  reading      INTEGER NOT NULL REFERENCES reading,
  local        TEXT NOT NULL,
  "trigger"    TEXT NOT NULL,       -- its words
  start        INTEGER NOT NULL,    -- of the trigger, in characters of the version's text
  "end"        INTEGER NOT NULL,
  type         TEXT NOT NULL,       -- PLOVER, or OTHER
  mode         TEXT,
  realis       TEXT NOT NULL,
  within       TEXT,                -- local id of the attribution it stands in; NULL: the author's words
  actor        TEXT,                -- names or words, parted by "; "
  recipient    TEXT,
  place        TEXT,
  country      TEXT,                -- ISO 3166
  geonames     INTEGER,
  lat          REAL,
  lon          REAL,
  time_words   TEXT,
  edtf         TEXT,
  earliest     TEXT,
  latest       TEXT,
  killed_low   REAL,
  killed_high  REAL,                -- NULL beside a low one: open
  injured_low  REAL,
  injured_high REAL,
  score        REAL NOT NULL,
  review       INTEGER REFERENCES review,
  json         TEXT,
  since        INTEGER NOT NULL REFERENCES change,
  until        INTEGER REFERENCES change
) STRICT;
CREATE INDEX event_mention_reading ON event_mention (reading);
CREATE INDEX event_mention_ended ON event_mention (until) WHERE until IS NOT NULL;
CREATE INDEX event_mention_review ON event_mention (review) WHERE review IS NOT NULL;

-- Who claims, denies or is accused of an event.
CREATE TABLE responsibility (
  event       INTEGER NOT NULL REFERENCES event_mention,
  position    INTEGER NOT NULL,
  act         TEXT NOT NULL,        -- claim, deny, accuse
  who         TEXT NOT NULL,
  attribution TEXT,                 -- local id
  PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

-- A number that a text gives.
CREATE TABLE figure (
  reading INTEGER NOT NULL REFERENCES reading,
  local   TEXT NOT NULL,
  kind    TEXT NOT NULL,
  low     REAL NOT NULL,
  high    REAL,                     -- NULL: open
  rule    TEXT NOT NULL,
  unit    TEXT,
  words   TEXT NOT NULL,
  within  TEXT,                     -- local id of the attribution it stands in
  event   TEXT,                     -- local id of the first event it belongs to
  PRIMARY KEY (reading, local)
) STRICT, WITHOUT ROWID;

-- What people decided on attributions and events: entries are added, never changed. Each holds
-- the digest of the one before, so that a change behind sayso's back shows.
CREATE TABLE review (
  id       INTEGER PRIMARY KEY,
  change   INTEGER NOT NULL REFERENCES change,
  who      TEXT NOT NULL,
  why      TEXT,
  document INTEGER NOT NULL REFERENCES document,
  kind     TEXT NOT NULL CHECK (kind IN ('attribution', 'event')),
  target   INTEGER,                 -- the row decided on; NULL: one is added
  action   TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'correct', 'add', 'undo')),
  field    TEXT,                    -- of a correction
  before   TEXT,                    -- JSON
  after    TEXT,                    -- JSON
  anchor   TEXT NOT NULL,           -- JSON: the words decided on and those around them
  undoes   INTEGER REFERENCES review,
  opinion  INTEGER NOT NULL,        -- 1: a second opinion on what the reader found; it changes no row
  previous BLOB NOT NULL,           -- digest of the entry before
  sha256   BLOB NOT NULL            -- of previous and all above
) STRICT;
CREATE INDEX review_document ON review (document);
CREATE INDEX review_target ON review (kind, target);
CREATE TRIGGER review_is_kept BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'the journal of reviews is only added to'); END;
CREATE TRIGGER review_is_not_changed BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'the journal of reviews is only added to'); END;

-- What became of a decision when its document was read again or changed.
CREATE TABLE carried (
  review INTEGER NOT NULL REFERENCES review,
  change INTEGER NOT NULL REFERENCES change,
  target INTEGER,                   -- the row it now stands on; NULL: none was found
  how    TEXT NOT NULL CHECK (how IN ('same place', 'moved', 'lost')),
  PRIMARY KEY (review, change)
) STRICT, WITHOUT ROWID;

-- Search. Rows are numbered by day of publication and id (see docs/schema.md), so that the
-- newest come first without sorting. Words are folded: case, diacritics.
CREATE VIRTUAL TABLE text_words USING fts5 (
  title, text, names, tags,
  content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE attribution_words USING fts5 (
  content, source, origin, tags,
  content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE event_words USING fts5 (
  words, actor, recipient, place, source, origin, tags,
  content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
-- Words are gathered in memory up to 32 MiB before they become a piece of the index, and pieces
-- are put together by sixteens: adding many documents costs less, and asking hardly more.
INSERT INTO text_words (text_words, rank) VALUES ('hashsize', 33554432), ('automerge', 16);
INSERT INTO attribution_words (attribution_words, rank) VALUES ('hashsize', 33554432), ('automerge', 16);
INSERT INTO event_words (event_words, rank) VALUES ('hashsize', 33554432), ('automerge', 16);
