-- What stands behind claims, kept so that lists need not put all of them together. All of it follows from
-- links and decisions: `sayso link` can make it anew.

-- Claims that several tell, or that somebody denies or doubts; what one document tells once is not kept.
CREATE TABLE claim (
  event    INTEGER PRIMARY KEY,     -- the mention that names it; the attribution's row, negative, where no event tells it
  id       TEXT NOT NULL,           -- its name: the document's, # and the id in the reading
  said     INTEGER,                 -- where no event tells it, the story in which it is said, as it was found
  story    INTEGER NOT NULL REFERENCES document, -- of the document that names it, as people want it: the story's oldest document
  type     TEXT NOT NULL,           -- PLOVER, or OTHER
  "trigger" TEXT NOT NULL,          -- the word that carries it in the oldest mention
  about    TEXT NOT NULL,           -- the words of its oldest member
  label    TEXT NOT NULL,           -- what the counts amount to
  negated  INTEGER NOT NULL,        -- 1: told as not having happened, and by nobody as having
  reports  INTEGER NOT NULL,        -- documents that have it
  copies   INTEGER NOT NULL,        -- those of them that copy another one of them
  origins  INTEGER NOT NULL,        -- named ones who say that it is so
  unnamed  INTEGER NOT NULL,        -- unnamed ones who do
  deniers  INTEGER NOT NULL,        -- those who deny it
  place    TEXT,                    -- by the first who says
  earliest TEXT,                    -- of its time, by the first who says
  latest   TEXT,
  first    TEXT,                    -- when the first of its documents that has a date was published
  last     TEXT NOT NULL            -- when the last one was; empty where none has a date
) STRICT;
CREATE INDEX claim_told ON claim (reports, id);
CREATE INDEX claim_new ON claim (last, id);
CREATE INDEX claim_label_told ON claim (label, reports, id);
CREATE INDEX claim_label_new ON claim (label, last, id);
CREATE INDEX claim_type_told ON claim (type, reports, id);
CREATE INDEX claim_type_new ON claim (type, last, id);
CREATE INDEX claim_label_type_told ON claim (label, type, reports, id);
CREATE INDEX claim_label_type_new ON claim (label, type, last, id);
CREATE INDEX claim_story ON claim (story);
CREATE INDEX claim_said ON claim (said) WHERE said IS NOT NULL;

-- Which documents have a claim that is kept.
CREATE TABLE claim_document (
  claim    INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES document,
  PRIMARY KEY (claim, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_document_document ON claim_document (document);

-- How many claims that are kept have each label.
CREATE TABLE claim_count (
  label  TEXT PRIMARY KEY,
  claims INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER claim_is_counted AFTER INSERT ON claim
BEGIN
  INSERT INTO claim_count (label, claims) VALUES (NEW.label, 1) ON CONFLICT (label) DO UPDATE SET claims = claims + 1;
END;
CREATE TRIGGER claim_is_counted_no_more AFTER DELETE ON claim
BEGIN
  UPDATE claim_count SET claims = claims - 1 WHERE label = OLD.label;
END;

-- Stories, as people want them.
CREATE TABLE story_sum (
  story     INTEGER PRIMARY KEY REFERENCES document, -- its oldest document
  name      TEXT NOT NULL,          -- that document's name
  documents INTEGER NOT NULL,       -- how many it has
  first     TEXT,                   -- when the first of them that has a date was published
  last      TEXT NOT NULL           -- when the last one was; empty where none has a date
) STRICT;
CREATE INDEX story_sum_new ON story_sum (last, name);
CREATE INDEX story_sum_large ON story_sum (documents, last, name);

-- How far what is kept follows the journal of links; one row, none before the first time.
CREATE TABLE claim_state (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  decision INTEGER NOT NULL         -- the last entry that it knows of
) STRICT;

-- Event mentions that people moved, as it was when what is kept was made.
CREATE TABLE claim_moved (
  mention INTEGER PRIMARY KEY,
  event   INTEGER NOT NULL          -- the mention that names its event now
) STRICT;

-- Documents that people moved, as it was when what is kept was made.
CREATE TABLE story_moved (
  document INTEGER PRIMARY KEY,
  story    INTEGER NOT NULL         -- the oldest document of its story now
) STRICT;

-- Documents all of whose claims are to be put together anew: what is known of them, or of whom they copy,
-- came or changed.
CREATE TABLE claim_todo (
  document INTEGER PRIMARY KEY
) STRICT;

-- Events whose claims are to be put together anew: mentions came, went, or moved to others.
CREATE TABLE claim_dirty (
  event INTEGER PRIMARY KEY
) STRICT;

-- Stories that are to be looked at anew: documents came, went, or changed.
CREATE TABLE story_dirty (
  story INTEGER PRIMARY KEY
) STRICT;

-- Whatever changes a link, what follows from it is not forgotten.
CREATE TRIGGER event_link_is_new AFTER INSERT ON event_link
BEGIN
  INSERT OR IGNORE INTO claim_dirty (event) VALUES (NEW.event);
END;
CREATE TRIGGER event_link_is_gone AFTER DELETE ON event_link
BEGIN
  INSERT OR IGNORE INTO claim_dirty (event) VALUES (OLD.event);
END;
CREATE TRIGGER event_link_is_moved AFTER UPDATE OF event ON event_link WHEN OLD.event <> NEW.event
BEGIN
  INSERT OR IGNORE INTO claim_dirty (event) VALUES (OLD.event), (NEW.event);
END;
CREATE TRIGGER copy_is_new AFTER INSERT ON copy
BEGIN
  INSERT OR IGNORE INTO claim_todo (document) VALUES (NEW.a), (NEW.b);
END;
CREATE TRIGGER copy_is_gone AFTER DELETE ON copy
BEGIN
  INSERT OR IGNORE INTO claim_todo (document) VALUES (OLD.a), (OLD.b);
END;
CREATE TRIGGER copy_is_changed AFTER UPDATE ON copy
BEGIN
  INSERT OR IGNORE INTO claim_todo (document) VALUES (NEW.a), (NEW.b);
END;
CREATE TRIGGER link_document_is_new AFTER INSERT ON link_document
BEGIN
  INSERT OR IGNORE INTO claim_todo (document) VALUES (NEW.document);
END;
CREATE TRIGGER link_document_is_gone AFTER DELETE ON link_document
BEGIN
  INSERT OR IGNORE INTO claim_todo (document) VALUES (OLD.document);
END;
CREATE TRIGGER link_document_is_changed AFTER UPDATE ON link_document
BEGIN
  INSERT OR IGNORE INTO claim_todo (document) VALUES (NEW.document);
END;
-- A row that takes the place of another one is told of before it does: afterwards the other is not seen.
CREATE TRIGGER story_is_new BEFORE INSERT ON story
BEGIN
  INSERT OR IGNORE INTO story_dirty (story) SELECT story FROM story WHERE document = NEW.document AND story <> NEW.story;
  INSERT OR IGNORE INTO story_dirty (story) SELECT NEW.story WHERE NOT EXISTS (SELECT 1 FROM story WHERE document = NEW.document AND story = NEW.story);
END;
CREATE TRIGGER story_is_gone AFTER DELETE ON story
BEGIN
  INSERT OR IGNORE INTO story_dirty (story) VALUES (OLD.story);
END;
CREATE TRIGGER story_is_changed AFTER UPDATE OF story ON story WHEN OLD.story <> NEW.story
BEGIN
  INSERT OR IGNORE INTO story_dirty (story) VALUES (OLD.story), (NEW.story);
END;

-- What is linked already is to be put together once.
INSERT INTO claim_todo (document) SELECT document FROM link_document;
INSERT INTO story_dirty (story) SELECT DISTINCT story FROM story;
