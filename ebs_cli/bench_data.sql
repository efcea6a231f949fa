-- Copyright 2026 EBS contributors
-- License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
--
-- A large platform, of sizes and a seed that bench_data.py gives. The same seed
-- draws the same data. One statement under each heading; the parameters are
-- psycopg2's, so no percent sign stands here but theirs.

-- === seed
SELECT set_config('ebs_bench.seed', %(seed)s::text, true)

-- === draw
CREATE FUNCTION pg_temp.draw(topic text, number bigint, below bigint)
RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT mod(
        hashtextextended(
            topic || number, current_setting('ebs_bench.seed')::bigint
        ) & 9223372036854775807,
        below
    )
$$

-- === choose
CREATE FUNCTION pg_temp.choose(topic text, number bigint, words text[])
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT words[pg_temp.draw(topic, number, cardinality(words)) + 1]
$$

-- === vocabulary
CREATE TEMP TABLE bench_word ON COMMIT DROP AS
SELECT
    ARRAY[
        'Camille', 'Dominique', 'Claude', 'Alix', 'Sacha', 'Lou', 'Maxime', 'Charlie',
        'Noa', 'Morgan', 'Eden', 'Andréa', 'Gaël', 'Joana', 'Karim', 'Lina', 'Malo',
        'Nadia', 'Odile', 'Pierre', 'Quentin', 'Rachida', 'Simone', 'Tariq', 'Ugo',
        'Violette', 'Wassim', 'Yanis', 'Zoé', 'Hélène'
    ] AS names,
    ARRAY[
        'Les voisins', 'Le jardin partagé', 'La chorale', 'Les parents', 'Le club',
        'L''atelier', 'La résidence', 'Les amis', 'La famille', 'Le palier'
    ] AS groups,
    ARRAY[
        'de la rue des Lilas', 'du canal', 'de la place Verte', 'du vieux moulin',
        'de l''école', 'du bout du monde', 'de la gare', 'des remparts',
        'du verger', 'de la colline', 'du pont', 'des Tisserands'
    ] AS places,
    -- One row a category, in the order of bench_data.CATEGORIES.
    ARRAY[
        ARRAY['Perceuse', 'Ponceuse', 'Échelle', 'Scie sauteuse', 'Caisse à outils'],
        ARRAY['Tondeuse', 'Taille-haie', 'Brouette', 'Bêche', 'Broyeur de branches'],
        ARRAY['Appareil à raclette', 'Robot', 'Sorbetière', 'Yaourtière', 'Gaufrier'],
        ARRAY['Tente', 'Glacière', 'Réchaud', 'Sac de couchage', 'Lampe de camp'],
        ARRAY['Raquettes', 'Ballon', 'Skis', 'Tapis de gymnastique', 'Patins'],
        ARRAY['Vélo pliant', 'Remorque', 'Pompe à pied', 'Porte-vélos', 'Antivol'],
        ARRAY['Poussette', 'Lit parapluie', 'Chaise haute', 'Jouets', 'Porte-bébé'],
        ARRAY['Jeu de société', 'Puzzle', 'Échecs', 'Jeu de quilles', 'Palets'],
        ARRAY['Roman', 'Bande dessinée', 'Guide de voyage', 'Atlas', 'Dictionnaire'],
        ARRAY['Fauteuil', 'Table pliante', 'Lampe', 'Étagère', 'Machine à coudre'],
        ARRAY['Enceinte', 'Vidéoprojecteur', 'Imprimante', 'Appareil photo', 'Écran'],
        ARRAY['Cours de cuisine', 'Aide au jardin', 'Réparation', 'Garde', 'Couture']
    ] AS things,
    ARRAY[
        'en bon état', 'avec sa notice', 'pour le week-end', 'à venir chercher',
        'dans son carton', 'pour toute la famille', 'facile à porter', 'avec accessoires',
        'de bonne marque', 'au rez-de-chaussée', 'pour débuter', 'avec housse'
    ] AS qualities,
    ARRAY[
        'Je m''en sers deux fois par an, autant que cela profite aux voisins.',
        'Tout fonctionne, la dernière vérification date du printemps.',
        'À venir chercher le soir après dix-huit heures ou le samedi matin.',
        'Merci de le rendre propre et sec, comme vous l''avez trouvé.',
        'Je peux montrer comment cela marche, cinq minutes suffisent.',
        'Il manque une vis sur le côté, cela ne gêne en rien l''usage.',
        'Prévoyez un coffre assez long, ou venez à deux.',
        'Nous habitons au deuxième étage, il y a un ascenseur.',
        'Les piles ne sont pas fournies, deux petites suffisent.',
        'Un café est offert à qui passe le prendre le dimanche.',
        'Le mode d''emploi est dans la poche intérieure.',
        'Notre chien aboie mais ne mord pas, sonnez sans crainte.'
    ] AS sentences

-- === member numbers
CREATE TEMP TABLE bench_member ON COMMIT DROP AS
SELECT number, nextval('ebs_member_id_seq')::int AS id
FROM generate_series(1, %(members)s) number

-- === members
INSERT INTO ebs_member (
    id, company_id, name, kind, zone_id, state, joined_on, user_id, bio, circle_count,
    create_uid, write_uid, create_date, write_date
)
SELECT
    m.id,
    %(company)s,
    pg_temp.choose('name', m.number, w.names) || ' ' || m.number,
    CASE WHEN mod(m.number, 50) = 0 THEN 'association' ELSE 'person' END,
    (%(zones)s::int[])[
        pg_temp.draw('zone', m.number, cardinality(%(zones)s::int[])) + 1],
    'approved',
    current_date - pg_temp.draw('joined', m.number, 700)::int - 1,
    (%(users)s::int[])[m.number],
    'Je prête volontiers ce qui dort chez nous.',
    0, 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
FROM bench_member m CROSS JOIN bench_word w

-- === private sheets
INSERT INTO ebs_member_private (
    member_id, company_id, civil_name, email, email_confirmed_at, default_visibility,
    create_uid, write_uid, create_date, write_date
)
SELECT
    id, company_id, name, 'membre' || id || '@exemple.fr', joined_on, 'everyone',
    1, 1, create_date, write_date
FROM ebs_member WHERE id IN (SELECT id FROM bench_member)

-- === circle numbers
CREATE TEMP TABLE bench_circle ON COMMIT DROP AS
SELECT number, nextval('ebs_circle_id_seq')::int AS id
FROM generate_series(1, %(circles)s) number

-- === circles
-- One in ten is joined by invitation, half of these are secret.
INSERT INTO ebs_circle (
    id, company_id, name, description, join_mode, is_listed, active,
    member_count, organiser_count, mailed_count, create_uid, write_uid, create_date, write_date
)
SELECT
    c.id,
    %(company)s,
    pg_temp.choose('group', c.number, w.groups) || ' '
        || pg_temp.choose('place', c.number, w.places) || ' ' || c.number,
    pg_temp.choose('why', c.number, w.sentences),
    (ARRAY['open', 'open', 'open', 'open', 'open', 'open', 'request', 'request',
        'request', 'invitation'])[pg_temp.draw('mode', c.number, 20) / 2 + 1],
    pg_temp.draw('mode', c.number, 20) < 19,
    true,
    0, 0, 0, 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
FROM bench_circle c CROSS JOIN bench_word w

-- === places in circles
-- The first half of the accounts is in so many circles, the other half in none;
-- other members are in none to eight. Steps of one length never meet again.
CREATE TEMP TABLE bench_place ON COMMIT DROP AS
SELECT
    row_number() OVER (ORDER BY m.number, turn) AS number,
    m.id AS member_id,
    c.id AS circle_id,
    CASE
        WHEN m.number <= %(accounts)s OR pg_temp.draw('left', m.number * 100 + turn, 12) > 0
        THEN 'active' ELSE 'left'
    END AS state,
    (now() AT TIME ZONE 'UTC')
        - pg_temp.draw('since', m.number * 100 + turn, 500) * interval '1 day' AS since
FROM bench_member m
CROSS JOIN LATERAL generate_series(
    1,
    CASE
        WHEN m.number <= %(accounts)s / 2 THEN %(member_circles)s
        WHEN m.number <= %(accounts)s THEN 0
        ELSE pg_temp.draw('places', m.number, 9)
    END
) turn
JOIN bench_circle c ON c.number = 1 + mod(
    pg_temp.draw('first', m.number, %(circles)s)
        + turn * (1 + pg_temp.draw('step', m.number, %(circles)s / 100)),
    %(circles)s
)

-- === memberships
INSERT INTO ebs_circle_member (
    circle_id, member_id, company_id, role, state, joined_at, is_mailed,
    create_uid, write_uid, create_date, write_date
)
SELECT
    circle_id, member_id, %(company)s,
    CASE
        WHEN state = 'active' AND row_number() OVER (
            PARTITION BY circle_id, state ORDER BY pg_temp.draw('organiser', number, 1 << 30)
        ) = 1
        THEN 'organiser' ELSE 'member'
    END,
    state, since, true, 1, 1, since, since
FROM bench_place

-- === counters of members
UPDATE ebs_member m
SET circle_count = counted.circles
FROM (
    SELECT member_id, count(*) AS circles
    FROM ebs_circle_member WHERE state = 'active' GROUP BY member_id
) counted
WHERE m.id = counted.member_id AND m.id IN (SELECT id FROM bench_member)

-- === counters of circles
UPDATE ebs_circle c
SET member_count = counted.members, organiser_count = counted.organisers
FROM (
    SELECT
        circle_id,
        count(*) AS members,
        count(*) FILTER (WHERE role = 'organiser') AS organisers
    FROM ebs_circle_member WHERE state = 'active' GROUP BY circle_id
) counted
WHERE c.id = counted.circle_id AND c.id IN (SELECT id FROM bench_circle)

-- === active places
CREATE TEMP TABLE bench_active ON COMMIT DROP AS
SELECT
    row_number() OVER (ORDER BY number) AS number,
    count(*) OVER (PARTITION BY member_id) AS places,
    row_number() OVER (PARTITION BY member_id ORDER BY number) AS rank,
    member_id,
    circle_id
FROM bench_place WHERE state = 'active'

-- === active places by number
CREATE UNIQUE INDEX ON bench_active (number)

-- === active places by member
CREATE UNIQUE INDEX ON bench_active (member_id, rank)

-- === statistics
ANALYZE bench_active

-- === listing numbers
-- Three in ten are for circles, of which their owner is an active member.
CREATE TEMP TABLE bench_listing ON COMMIT DROP AS
SELECT
    n.number,
    nextval('ebs_listing_id_seq')::int AS id,
    1 + pg_temp.draw('category', n.number, %(categories_count)s)::int AS category,
    CASE
        WHEN a.number IS NOT NULL THEN 'circles'
        WHEN pg_temp.draw('limited', n.number, 10) < 2 THEN 'members'
        ELSE 'everyone'
    END AS visibility,
    coalesce(a.member_id, m.id) AS member_id,
    a.circle_id,
    a.places,
    a.rank,
    (now() AT TIME ZONE 'UTC')
        - pg_temp.draw('age', n.number, 63000000) * interval '1 second' AS published_at
FROM generate_series(1, %(listings)s) n(number)
LEFT JOIN bench_active a ON mod(n.number, 10) < 3
    AND a.number = 1 + pg_temp.draw('owner', n.number, (SELECT count(*) FROM bench_active))
LEFT JOIN bench_member m
    ON m.number = 1 + %(accounts)s
        + pg_temp.draw('owner', n.number, %(members)s - %(accounts)s)

-- === listings
INSERT INTO ebs_listing (
    id, company_id, member_id, category_id, zone_id, name, description, price,
    side, visibility, state, published_at, deposit_kind, deposit_amount,
    loan_step, loan_min, loan_max, loan_notice, loan_horizon, loan_buffer,
    same_day_turnover, agreement, create_uid, write_uid, create_date, write_date
)
SELECT
    l.id,
    %(company)s,
    l.member_id,
    (%(categories)s::int[])[l.category],
    m.zone_id,
    w.things[l.category][pg_temp.draw('thing', l.number, 5) + 1] || ', '
        || pg_temp.choose('quality', l.number, w.qualities) || ' ('
        || pg_temp.choose('owner', l.number, w.names) || ')',
    left(
        (
            SELECT string_agg(
                pg_temp.choose('said', l.number * 10 + part, w.sentences), ' '
            )
            FROM generate_series(1, 8) part
        ) || repeat(' Merci et à bientôt.', 10),
        400
    ),
    CASE WHEN pg_temp.draw('priced', l.number, 3) = 0
        THEN 1 + pg_temp.draw('price', l.number, 60) ELSE 0 END,
    'offer',
    l.visibility,
    'published',
    l.published_at,
    'none', 0,
    'day', 1, 0, 0, 0, 0, false, 'owner', 1, 1, l.published_at, l.published_at
FROM bench_listing l
JOIN ebs_member m ON m.id = l.member_id
CROSS JOIN bench_word w

-- === ways
-- Services are services; of things half are lent, some in two ways.
INSERT INTO ebs_listing_ebs_way_rel (ebs_listing_id, ebs_way_id)
SELECT l.id, way.id
FROM bench_listing l
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN l.category = 12 THEN ARRAY['service']
        ELSE (ARRAY[
            'lend', 'lend', 'lend', 'lend', 'lend', 'give', 'give', 'sell', 'swap', 'rent'
        ])[pg_temp.draw('way', l.number, 10) + 1:pg_temp.draw('way', l.number, 10) + 1]
            || CASE WHEN pg_temp.draw('second', l.number, 5) = 0
                THEN ARRAY['rent'] ELSE ARRAY[]::text[] END
    END AS codes
) wanted
JOIN ebs_way way ON way.code = ANY(wanted.codes)

-- === listings in circles
-- In a circle of their owner, half of them in one more of theirs.
INSERT INTO ebs_circle_ebs_listing_rel (ebs_listing_id, ebs_circle_id)
SELECT l.id, a.circle_id
FROM bench_listing l
CROSS JOIN LATERAL generate_series(0, pg_temp.draw('wide', l.number, 4) / 2) turn
JOIN bench_active a
    ON a.member_id = l.member_id AND a.rank = 1 + mod(l.rank - 1 + turn, l.places)
WHERE l.circle_id IS NOT NULL
ON CONFLICT DO NOTHING

-- === copies
INSERT INTO ebs_copy (
    listing_id, company_id, number, state, code,
    create_uid, write_uid, create_date, write_date
)
SELECT DISTINCT
    l.id, %(company)s, 1, 'in_service', 'B' || lpad(l.id::text, 9, '0'),
    1, 1, l.published_at, l.published_at
FROM bench_listing l
JOIN ebs_listing_ebs_way_rel r ON r.ebs_listing_id = l.id
JOIN ebs_way way ON way.id = r.ebs_way_id
WHERE way.commitment = 'booking'

-- === photos
INSERT INTO ebs_photo (
    listing_id, company_id, sequence, create_uid, write_uid, create_date, write_date
)
SELECT id, %(company)s, 10, 1, 1, published_at, published_at FROM bench_listing

-- === files of photos
-- All photos of a category are one file, in the two sizes that pages ask for.
INSERT INTO ir_attachment (
    name, type, res_model, res_field, res_id, store_fname, checksum, file_size,
    mimetype, public, create_uid, write_uid, create_date, write_date
)
SELECT
    field, 'binary', 'ebs.photo', field, p.id,
    (%(files)s::text[])[l.category],
    (%(checksums)s::text[])[l.category],
    (%(file_sizes)s::int[])[l.category],
    %(mimetype)s, false, 1, 1, p.create_date, p.write_date
FROM bench_listing l
JOIN ebs_photo p ON p.listing_id = l.id
CROSS JOIN unnest(ARRAY['image_1920', 'image_512']) field

-- === newest things of circles
-- Eight things of the circles of the first member, of others, in the last hour:
-- a first page without any would measure nothing.
UPDATE ebs_listing l
SET published_at = (now() AT TIME ZONE 'UTC') - newest.rank * interval '7 minutes'
FROM (
    SELECT r.ebs_listing_id AS id, row_number() OVER (ORDER BY r.ebs_listing_id) AS rank
    FROM (
        SELECT DISTINCT rel.ebs_listing_id
        FROM ebs_circle_ebs_listing_rel rel
        JOIN bench_active a ON a.circle_id = rel.ebs_circle_id
        JOIN bench_member me ON me.id = a.member_id AND me.number = 1
        JOIN bench_listing listing
            ON listing.id = rel.ebs_listing_id AND listing.member_id != me.id
        ORDER BY rel.ebs_listing_id
        LIMIT 8
    ) r
) newest
WHERE l.id = newest.id
