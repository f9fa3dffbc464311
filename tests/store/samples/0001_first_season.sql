-- What a database of version 1 may hold: one row of every kind, written as that version wrote them.

INSERT INTO communities (id, chat, chat_id, name, coordinators_channel, created_at)
VALUES (1, 'slack', 'T1', 'Libraries of California', 'C1', 1736942400000000);

INSERT INTO people (id, community, chat_user, name, locale, zone, email, present, seen_at)
VALUES (1, 1, 'U1', 'Ada Reyes', 'en-US', 'America/Los_Angeles', 'ada@library.example', TRUE, 1736942400000001),
    (2, 1, 'U2', 'Ben Ng', NULL, NULL, NULL, FALSE, 1736942400000002);

INSERT INTO coordinators (community, person, since) VALUES (1, 1, 1736942400000003);

INSERT INTO seasons (id, community, program_key, program, created_at)
VALUES (1, 1, 'plsep-2025', '{"key": "plsep-2025", "name": {"en": "Mentorship", "es": "Mentoría"}, "contact": "plsep@example.org", "calendar": {"zone": "America/Los_Angeles", "applications_open": "2025-01-13 09:00", "applications_close": "2025-02-17 23:59", "agreements_due": "2025-03-01", "runs_from": "2025-03-01", "runs_until": "2025-06-30", "wrap_up_until": "2025-07-14"}, "nudge": {"cron": "0 10 1 * *", "retry_after_days": 4, "retries_max": 2, "civil_hours": {"from": "09:00", "to": "18:00"}}, "matching": {"same_library_system": false, "weights": {"specialisations": 40, "times": 20, "formats": 10, "languages": 10, "position": 10, "years": 10}}, "agreement": {"version": "2025-1", "text": {"en": "Mentorship", "es": "Mentoría"}}, "about": {"what": {"en": "Mentorship", "es": "Mentoría"}, "mentee_benefits": {"en": "Mentorship", "es": "Mentoría"}, "mentor_benefits": {"en": "Mentorship", "es": "Mentoría"}, "expectations": {"en": "Mentorship", "es": "Mentoría"}}, "prompts": [{"en": "Mentorship", "es": "Mentoría"}], "questions": []}', 1736942400000004);

INSERT INTO roster (id, community, email_key, email, name, chat_user, library_system, active, updated_at)
VALUES (1, 1, 'ben@library.example', 'Ben@library.example', 'Ben Ng', 'U2', 'Fresno County Public Library', TRUE, 1736942400000005);

INSERT INTO applications
    (id, community, season, person, role, draft, answers, state, decline_reason, submitted_at, updated_at)
VALUES (1, 1, 1, 1, 'mentor', '{"capacity": {"number": 2}}', '{"capacity": {"number": 1}}', 'accepted', NULL, 1736942400000006, 1736942400000007),
    (2, 1, 1, 2, 'mentee', '{}', '{"goals": {"text": "Lead a branch"}}', 'declined', 'Not this year', 1736942400000008, 1736942400000009);

INSERT INTO proposals (id, season, body, created_at, published_at) VALUES (1, 1, '{"pairs": []}', 1736942400000010, 1736942400000011);

INSERT INTO pairs
    (id, community, season, proposal, mentor, mentee, score, reasons, state, state_at, end_reason, channel, updated_at)
VALUES (1, 1, 1, 1, 1, 2, 87, '["both like archives"]', 'ended', 1736942400000012, 'completed', 'C2', 1736942400000012),
    (2, 1, 1, 1, 1, 2, 80, '[]', 'introduced', 1736942400000013, NULL, 'C3', 1736942400000013);

INSERT INTO signatures (community, season, person, typed_name, signed_at, text_version, timing)
VALUES (1, 1, 1, 'Ada Reyes', 1736942400000014, '2025-1', 'on_time');

INSERT INTO checkin_answers (id, pair, period, person, answer, given_at)
VALUES (1, 1, '2025-03', 2, 'not_yet', 1736942400000015), (2, 1, '2025-03', 2, 'met', 1736942400000016);

INSERT INTO nudges (pair, period, sequence, nudged_at) VALUES (1, '2025-03', 0, 1736942400000017);

INSERT INTO outbox
    (id, community, key, effect, state, due_at, steps, attempts, attempts_void, lease_token, lease_owner, lease_until,
     error, result, created_at, updated_at)
VALUES (1, 1, 'intro:1', '{"introduce": {"pair": 1, "room": {"key": "intro:1", "name": "ada-ben", "topic": "Mentorship", "members": ["U1", "U2"]}, "message": {"blocks": [{"paragraph": [{"plain": "Welcome, both of you."}]}]}}}',
        'done', 1736942400000018, '{"room": "C2"}', 1, 0, 1, NULL, NULL, NULL, '{"channel": "C2", "id": "1"}', 1736942400000018, 1736942400000019),
    (2, 1, 'nudge:1:2025-03', '{"post": {"to": {"pair": 1}, "message": {"blocks": [{"paragraph": [{"plain": "Welcome, both of you."}]}]}}}',
        'pending', 1736942400000020, '{}', 1, 0, 1, 'worker', 1736942400000021, NULL, NULL, 1736942400000020, 1736942400000020),
    (3, 1, 'admit:2', '{"admit": {"person": 2}}',
        'dead', 1736942400000022, '{}', 9, 9, 9, NULL, NULL, 'the person is gone', NULL, 1736942400000022, 1736942400000023);

INSERT INTO inbox (community, event_key, seen_at) VALUES (1, 'Ev1', 1736942400000024);

INSERT INTO job_runs (season, job, last_run) VALUES (1, 'nudge', 1736942400000025);

INSERT INTO audit (id, community, at, actor, actor_person, action, subject, detail)
VALUES (1, 1, 1736942400000026, 'person', 1, 'date_moved', 'season:1', '{"from": "2025-03-01", "to": "2025-03-08"}'),
    (2, 1, 1736942400000027, 'bot', NULL, 'nudged', 'pair:1', 'null'),
    (3, 1, 1736942400000028, 'operator', NULL, 'migrated', 'database', '{}');
