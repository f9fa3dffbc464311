INSERT INTO roster_imports (id, community, person, state, sheet, figures, undo, made_at, done_at)
VALUES (1, 1, 1, 'asked', '{"good": [], "faults": [], "doubtful": [], "repeated": 0}',
        '{"added": 0, "changed": 0, "same": 0, "missing": 0}', NULL, 1736942400000062, NULL),
    (2, 1, 1, 'done', NULL, '{"added": 0, "changed": 0, "same": 1, "missing": 0}', '[]', 1736942400000063, 1736942400000064);
INSERT INTO announcements (id, community, season, person, audience, words, messages, state, since)
VALUES (1, 1, 1, 1, 'mentees', 'The room has changed.', 12, 'asked', 1736942400000065),
    (2, 1, 1, 1, 'pairs', NULL, 7, 'sending', 1736942400000066);

INSERT INTO copies (copied_at, started_at) VALUES (1736942400000065, 1736942400000066);
INSERT INTO nudge_controls (season, paused_at, ask_at) VALUES (1, 1736942400000067, 1736942400000068);
