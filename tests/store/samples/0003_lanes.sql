-- What version 3 added: an effect that holds its lane, with a condition, and a dead letter that was laid aside.

INSERT INTO outbox
    (id, community, key, effect, state, due_at, steps, attempts, attempts_void, lease_token, lease_owner, lease_until,
     error, result, created_at, updated_at, lane, pace, holds, first_at, terms, settled_at)
VALUES (301, 1, 'nudge:2:2025-03:0', '{"post": {"to": {"pair": 2}, "message": {"blocks": [{"paragraph": [{"plain": "Did you meet?"}]}]}}}',
        'done', 1736942400000020, '{}', 1, 1, 1, NULL, NULL, NULL, '{"skipped": true}', 1736942400000020, 1736942400000020,
        'pair:2', 'post', FALSE, 1736942400000020, '{"wanted": {"nudge": {"pair": 2, "period": "2025-03"}}}', NULL),
    (302, 1, 'admit:3', '{"admit": {"person": 2}}',
        'dead', 1736942400000022, '{}', 9, 9, 9, NULL, NULL, 'the person is gone', NULL, 1736942400000022, 1736942400000023,
        'office:1', 'post', TRUE, 1736942400000022, '{"answer": true}', 1736942400000024);
