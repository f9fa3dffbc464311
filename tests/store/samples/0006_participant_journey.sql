-- What a database of version 6 may hold besides: somebody's own settings, a signed text, a meeting that was held and one that is
-- planned, an answer about the fit, something for coordinators to look at, and a closing survey.

UPDATE people SET chosen_language = 'es', chosen_zone = 'America/Denver', hours_from = 540, hours_to = 1020,
    reach = 'direct', snoozed_until = 1736942400000050 WHERE id = 2;

UPDATE signatures SET text = 'I will do my part.' WHERE person = 1;

UPDATE pairs SET cadence = 'fortnightly' WHERE id = 2;

UPDATE nudges SET to_mentor = FALSE;

INSERT INTO meetings (id, pair, starts_at, minutes, place, state, sequence, set_by, created_at, updated_at)
VALUES (1, 2, 1736942400000051, 60, 'Zoom', 'held', 1, 1, 1736942400000052, 1736942400000053),
    (2, 2, 1737942400000051, 30, '', 'planned', 0, 2, 1736942400000054, 1736942400000054);

INSERT INTO meeting_drafts (person, about, words, minutes, place, kept_at)
VALUES (1, 'set:2', 'friday at 9', '45', 'Zoom', 1736942400000055);

INSERT INTO meeting_reports (meeting, person, held, given_at) VALUES (1, 1, TRUE, 1736942400000055);

INSERT INTO pulses (pair, person, occasion, asked_at, answer, note, answered_at)
VALUES (2, 1, 'first_meeting', 1736942400000056, 'good', 'We laughed a lot', 1736942400000057),
    (2, 2, 'first_meeting', 1736942400000056, NULL, NULL, NULL);

INSERT INTO concerns (id, community, season, key, kind, pair, person, note, raised_at)
VALUES (1, 1, 1, 'asked:2:1736942400000058', 'asked', 2, 2, 'May we meet in the evening?', 1736942400000058);

INSERT INTO surveys (community, season, person, draft, answers, given_at)
VALUES (1, 1, 1, '{"again": {"one": "yes"}}', '{"again": {"one": "yes"}}', 1736942400000059),
    (1, 1, 2, '{"again": {"one": "no"}}', NULL, NULL);

INSERT INTO outbox (id, community, key, effect, state, due_at, error, created_at, updated_at, unread_by)
VALUES (61, 1, 'accepted:2', '{"post": {"to": {"person": 2}, "message": {"blocks": [{"paragraph": [{"plain": "You are accepted."}]}]}}}',
        'dead', 1736942400000060, 'no direct messages', 1736942400000060, 1736942400000061, 2);
