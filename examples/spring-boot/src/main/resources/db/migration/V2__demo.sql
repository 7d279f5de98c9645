-- The passwords are in README.md: this is a demo.
insert into users values
    ('alice', '{bcrypt}$2b$10$E1712ESx5aJKlhTopV129uMDvDUfJ/NJorPasovIDuuw94EeDMfQ2', true),
    ('bob', '{bcrypt}$2b$10$mJibJdL/7nTBrA8x9RH5We51MXBH6GY0w0XVhQGt29fWv6BbT.AZC', true),
    ('admin', '{bcrypt}$2b$10$VPZYmW6g1ZasCznZkOy9bulxzuhPzav2FLOOYBQnhdFXwlANCYpRq', true);

insert into authorities values
    ('alice', 'ROLE_USER'),
    ('bob', 'ROLE_USER'),
    ('admin', 'ROLE_USER'),
    ('admin', 'ROLE_ADMIN');

insert into tool (name, category, deposit, description) values
    ('Dovetail saw', 'wood', 40, 'Fine teeth, for joints.'),
    ('Coping saw', 'wood', 15, 'For curves. Bring your own blades.'),
    ('Jack plane', 'wood', 60, 'Takes a board from rough to flat.'),
    ('Bench vice', 'metal', 90, 'Heavy: come with a friend or a cart.'),
    ('Tap and die set', 'metal', 75, 'Cuts threads from M3 to M12.'),
    ('Wheelbarrow', 'garden', 30, 'Its tyre is new.'),
    ('Post-hole digger', 'garden', 50, 'For fences and trees.');
