-- Views for people: what counts now, in words.

CREATE VIEW v_document AS
SELECT d.name AS document, v.number AS version, v.title, p.name AS publisher, v.published, v.byline,
       v.url, v.path, v.language, v.words, c.at AS added, v.text
FROM version v
JOIN document d ON d.id = v.document
JOIN change c ON c.id = v.since
LEFT JOIN publisher p ON p.id = v.publisher
WHERE v.until IS NULL;

CREATE VIEW v_attribution AS
SELECT d.name AS document, a.local AS attribution, v.published, p.name AS publisher, v.title,
       coalesce(a.source_name, a.source) AS source, a.source AS source_words, a.source_kind, a.role,
       a.condition, a.cue, a.act, a.certainty, a.negated, a.hedge, a.quote, a.content, a.origin,
       a.origin_kind,
       (SELECT group_concat(coalesce(h.name, h.words), ' ← ') FROM hop h WHERE h.attribution = a.id) AS chain,
       a.start, a."end", a.within, a.score, r.who AS reviewed_by
FROM attribution a
JOIN reading g ON g.id = a.reading
JOIN version v ON v.id = g.version
JOIN document d ON d.id = v.document
LEFT JOIN publisher p ON p.id = v.publisher
LEFT JOIN review r ON r.id = a.review
WHERE a.until IS NULL;

CREATE VIEW v_event AS
SELECT d.name AS document, e.local AS event, v.published, p.name AS publisher, v.title,
       e.type, e.mode, e.realis, e."trigger", e.actor, e.recipient, e.place, e.country, e.lat, e.lon,
       e.time_words, e.edtf, e.earliest, e.latest, e.killed_low, e.killed_high, e.injured_low,
       e.injured_high,
       coalesce(a.source_name, a.source) AS according_to, a.act, a.certainty, a.origin,
       (SELECT group_concat(s.act || ': ' || s.who, '; ') FROM responsibility s WHERE s.event = e.id) AS responsibility,
       e.start, e."end", e.within, e.score, r.who AS reviewed_by
FROM event_mention e
JOIN reading g ON g.id = e.reading
JOIN version v ON v.id = g.version
JOIN document d ON d.id = v.document
LEFT JOIN publisher p ON p.id = v.publisher
LEFT JOIN attribution a ON a.reading = e.reading AND a.local = e.within AND a.until IS NULL
LEFT JOIN review r ON r.id = e.review
WHERE e.until IS NULL;

CREATE VIEW v_figure AS
SELECT d.name AS document, f.local AS figure, v.published, p.name AS publisher, f.kind, f.low, f.high,
       f.rule, f.unit, f.words, f.event, f.within, coalesce(a.source_name, a.source) AS according_to
FROM figure f
JOIN reading g ON g.id = f.reading AND g.until IS NULL
JOIN version v ON v.id = g.version
JOIN document d ON d.id = v.document
LEFT JOIN publisher p ON p.id = v.publisher
LEFT JOIN attribution a ON a.reading = f.reading AND a.local = f.within AND a.until IS NULL;

CREATE VIEW v_entity AS
SELECT d.name AS document, e.local AS entity, v.published, e.kind, e.name, e.describes, e.mentions
FROM entity e
JOIN reading g ON g.id = e.reading AND g.until IS NULL
JOIN version v ON v.id = g.version
JOIN document d ON d.id = v.document;

CREATE VIEW v_block AS
SELECT d.name AS document, v.number AS version, b.key + 1 AS position,
       json_extract(b.value, '$.kind') AS kind,
       substr(v.text, json_extract(b.value, '$.start') + 1,
              json_extract(b.value, '$.end') - json_extract(b.value, '$.start')) AS text
FROM reading g
JOIN version v ON v.id = g.version
JOIN document d ON d.id = v.document
JOIN json_each(g.blocks) b
WHERE g.until IS NULL;

CREATE VIEW v_review AS
SELECT r.id AS entry, c.at, r.who, r.action, r.kind, d.name AS document, r.field, r.before, r.after,
       r.why, r.undoes, json_extract(r.anchor, '$.quote') AS words
FROM review r
JOIN change c ON c.id = r.change
JOIN document d ON d.id = r.document;
