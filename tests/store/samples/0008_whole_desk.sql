-- What version 8 added: a mentor who is given nobody else for the place of a pair that ended.

UPDATE pairs SET mentor_rests = TRUE WHERE id = 1;
