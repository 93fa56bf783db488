-- How old each record is, so that what a whole synchronisation has not met is found by an index.
CREATE INDEX bodies_at ON bodies (at);
