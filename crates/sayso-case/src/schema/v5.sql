-- Fifth step: people may also give a source the name by which it is shown, so the journal of links
-- is made anew with one more kind of decision; its entries stay as they are.

DROP TRIGGER link_decision_is_kept;
DROP TRIGGER link_decision_is_not_changed;
ALTER TABLE link_decision RENAME TO link_decision_before;
CREATE TABLE link_decision (
  id       INTEGER PRIMARY KEY,
  change   INTEGER NOT NULL REFERENCES change,
  who      TEXT NOT NULL,
  why      TEXT,
  kind     TEXT NOT NULL CHECK (kind IN ('story', 'event', 'source', 'letter', 'name')),
  same     INTEGER CHECK (same IN (0, 1)),  -- 1: they are one; 0: they are not; NULL: an undoing
  a        TEXT NOT NULL,           -- a document's name; JSON of where an event stands; a source as it is told
  b        TEXT NOT NULL,           -- the other; the letter; the name by which the source is shown
  undoes   INTEGER REFERENCES link_decision,
  previous BLOB NOT NULL,           -- digest of the entry before
  sha256   BLOB NOT NULL            -- of previous and all above
) STRICT;
INSERT INTO link_decision SELECT * FROM link_decision_before ORDER BY id;
DROP TABLE link_decision_before;
CREATE TRIGGER link_decision_is_kept BEFORE DELETE ON link_decision
BEGIN SELECT RAISE(ABORT, 'the journal of links is only added to'); END;
CREATE TRIGGER link_decision_is_not_changed BEFORE UPDATE ON link_decision
BEGIN SELECT RAISE(ABORT, 'the journal of links is only added to'); END;
