-- What has changed since somebody looked: for each edit its latest change, also of those that are gone.

CREATE TABLE edit_changes (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL UNIQUE ON CONFLICT REPLACE
);
CREATE TRIGGER edits_added AFTER INSERT ON edits BEGIN
    INSERT INTO edit_changes (number) VALUES (NEW.number); END;
CREATE TRIGGER edits_changed AFTER UPDATE ON edits BEGIN
    INSERT INTO edit_changes (number) VALUES (NEW.number); END;
CREATE TRIGGER edits_removed AFTER DELETE ON edits BEGIN
    INSERT INTO edit_changes (number) VALUES (OLD.number); END;
CREATE INDEX edits_record ON edits (resource, record_id) WHERE state <> 'confirmed';
CREATE INDEX edits_form ON edits (form_key);
