-- Copyright 2026 EBS contributors
-- License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
--
-- Loans on the platform of bench_data.sql, as past, present and coming ones: of
-- sizes that bench_loans_data.py gives. Days are those of Paris.

-- === copies that are lent
CREATE TEMP TABLE bench_copy ON COMMIT DROP AS
SELECT
    row_number() OVER (ORDER BY (m.user_id IS NULL), c.id) - 1 AS number,
    c.id, c.listing_id, l.member_id, l.name, m.name AS owner_name
FROM ebs_copy c
JOIN ebs_listing l ON l.id = c.listing_id
JOIN ebs_member m ON m.id = l.member_id
WHERE l.company_id = %(company)s

-- === statistics of copies
ANALYZE bench_copy

-- === days of loans
-- Past loans take turns of twenty days; the first copy was lent every other day for
-- years before. One copy in five is promised, one in fifty is out: some are due today,
-- more are late. Some are fetched today, and for some the team is asked.
CREATE TEMP TABLE bench_days ON COMMIT DROP AS
WITH count AS (SELECT count(*) AS copies FROM bench_copy)
SELECT
    mod(n, copies) AS number, 'done' AS state,
    current_date - 20 * (n / copies + 1)::int
        - pg_temp.draw('back', n, 9)::int - 2 AS first,
    pg_temp.draw('length', n, 9)::int AS more
FROM generate_series(0, %(loans)s - 1) n, count
UNION ALL
SELECT 0, 'done', current_date - 1000 - 2 * n::int, 0
FROM generate_series(1, %(often)s) n
UNION ALL
SELECT n, 'accepted', current_date + 6 + pg_temp.draw('ahead', n, 30)::int,
    pg_temp.draw('coming', n, 5)::int
FROM count, generate_series(0, copies - 1) n WHERE mod(n, 5) = 4
UNION ALL
SELECT n, 'ongoing', current_date - 6, pg_temp.draw('out', n, 12)::int
FROM count, generate_series(0, copies - 1) n WHERE mod(n, 50) = 27
UNION ALL
SELECT n, 'accepted', current_date, pg_temp.draw('today', n, 5)::int
FROM count, generate_series(0, copies - 1) n WHERE mod(n, 200) = 2
UNION ALL
SELECT n, 'requested', current_date + 3, pg_temp.draw('asked', n, 5)::int
FROM count, generate_series(0, copies - 1) n WHERE mod(n, 200) = 3

-- === loans
CREATE TEMP TABLE bench_loan ON COMMIT DROP AS
SELECT
    nextval('ebs_exchange_id_seq')::int AS id, d.state, c.id AS copy_id, c.listing_id,
    c.member_id AS owner_id, c.name AS title, c.owner_name,
    CASE WHEN b.id = c.member_id THEN z.id ELSE b.id END AS asker_id,
    CASE WHEN b.id = c.member_id THEN z.name ELSE b.name END AS asker_name,
    d.first, d.first + d.more AS last,
    d.first::timestamp AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC' AS date_start,
    (d.first + d.more + 1)::timestamp AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC'
        AS date_end
FROM (SELECT *, row_number() OVER () AS rank FROM bench_days) d
JOIN bench_copy c ON c.number = d.number
JOIN bench_member n ON n.number = 2 + pg_temp.draw('asker', d.rank, %(members)s - 1)
JOIN ebs_member b ON b.id = n.id
JOIN bench_member y ON y.number = 1
JOIN ebs_member z ON z.id = y.id
WHERE c.member_id != z.id OR b.id != c.member_id

-- === exchanges
INSERT INTO ebs_exchange (
    id, company_id, listing_id, way_id, owner_id, asker_id, title, owner_name,
    asker_name, state, opened_at, requested_at, accepted_at, done_at, loan_step,
    copy_quantity, agreement,
    date_start, date_end, day_start, day_end, copy_id, handed_over_at, returned_at,
    deposit_kind, deposit_amount, contract_text, create_uid, write_uid, create_date, write_date
)
SELECT
    l.id, %(company)s, l.listing_id, w.id, l.owner_id, l.asker_id, l.title,
    l.owner_name, l.asker_name, l.state,
    l.date_start - interval '9 days', l.date_start - interval '9 days',
    CASE WHEN l.state != 'requested' THEN l.date_start - interval '8 days' END,
    CASE WHEN l.state = 'done' THEN l.date_end - interval '6 hours' END,
    'day', 1, CASE WHEN l.state = 'requested' THEN 'staff' ELSE 'owner' END,
    l.date_start, l.date_end, l.first, l.last,
    CASE WHEN l.state != 'requested' THEN l.copy_id END,
    CASE WHEN l.state IN ('ongoing', 'done') THEN l.date_start + interval '9 hours' END,
    CASE WHEN l.state = 'done' THEN l.date_end - interval '6 hours' END,
    'none', 0,
    CASE WHEN l.state IN ('accepted', 'ongoing')
        THEN '1. Objet' || E'\n' || repeat(l.title || '. ', 40) END,
    1, 1, l.date_start, l.date_start
FROM bench_loan l
CROSS JOIN LATERAL (
    SELECT way.id FROM ebs_way way
    JOIN ebs_listing_ebs_way_rel r ON r.ebs_way_id = way.id
    WHERE r.ebs_listing_id = l.listing_id AND way.commitment = 'booking' LIMIT 1
) w

-- === bookings
INSERT INTO ebs_booking (
    copy_id, exchange_id, company_id, kind, date_start, date_end, handed_over_at,
    returned_at, create_uid, write_uid, create_date, write_date
)
SELECT
    l.copy_id, l.id, %(company)s, 'loan', l.date_start,
    CASE WHEN l.state = 'done' THEN l.date_end - interval '6 hours' ELSE l.date_end END,
    CASE WHEN l.state != 'accepted' THEN l.date_start + interval '9 hours' END,
    CASE WHEN l.state = 'done' THEN l.date_end - interval '6 hours' END,
    1, 1, l.date_start, l.date_start
FROM bench_loan l WHERE l.state != 'requested'

-- === tallies
INSERT INTO ebs_loan_tally (
    member_id, company_id, loan_count, value_sum, max_count, max_value,
    create_uid, write_uid, create_date, write_date
)
SELECT asker_id, %(company)s, count(*), 0, 0, 0, 1, 1, now(), now()
FROM bench_loan WHERE state != 'done' GROUP BY asker_id

-- === what tallies count
INSERT INTO ebs_exchange_tally_rel (tally_id, exchange_id)
SELECT t.id, l.id FROM bench_loan l
JOIN ebs_loan_tally t ON t.member_id = l.asker_id WHERE l.state != 'done'

-- === closed periods
-- One listing in ten is closed for a week, in the next two months.
INSERT INTO ebs_availability (
    listing_id, company_id, date_start, date_end, is_outside,
    create_uid, write_uid, create_date, write_date
)
SELECT
    c.listing_id, %(company)s, d.first, d.first + interval '7 days', false,
    1, 1, now(), now()
FROM bench_copy c
CROSS JOIN LATERAL (
    SELECT (current_date + pg_temp.draw('closed', c.number, 60)::int)::timestamp
        AT TIME ZONE 'Europe/Paris' AT TIME ZONE 'UTC' AS first
) d
WHERE mod(c.number, 10) = 6
