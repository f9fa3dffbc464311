-- What version 8 added: a mentor who is given nobody else for the place of a pair that ended, a pair that goes on, a
-- group that coordinates, and what a database is known by.

UPDATE pairs SET mentor_rests = TRUE WHERE id = 1;
UPDATE pairs SET agreed_until = 1755000000000001 WHERE id = 2;

INSERT INTO coordinator_groups (community, chat_group, name, since)
VALUES (1, 'S1', 'Mentorship office', 1736942400000069);

INSERT INTO database_marks (id, mark)
VALUES (1, '16384-16401-16430');
