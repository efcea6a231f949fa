-- Copyright 2026 EBS contributors
-- License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
--
-- The words of listings, as the search compares them. Run at each installation and
-- update; what it makes is replaced or kept.

-- Small letters; signs are spaces, and a number stands apart from its unit.
CREATE OR REPLACE FUNCTION ebs_plain(typed text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(
        lower(typed),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+',
        ' ', 'g'),
        '([0-9])([^0-9 ])', '\1 \2', 'g'),
        '([^0-9 ])([0-9])', '\1 \2', 'g')
$$;

-- What stands for the words of a text, without accents. A stem is taken with the
-- accents, another without, one more without the s or x of the plural: the three
-- differ, and two texts mean the same word when they have one of them in common.
CREATE OR REPLACE FUNCTION ebs_lexemes(typed text) RETURNS TABLE (lexeme text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH plain AS (
        SELECT ebs_plain(typed) AS kept, ebs_plain(unaccent(typed)) AS bare
    )
    SELECT one FROM (
        SELECT unaccent(v.lexeme)
        FROM plain, unnest(to_tsvector('french', kept)) v
        UNION
        SELECT v.lexeme FROM plain, unnest(to_tsvector('french', bare)) v
        UNION
        SELECT v.lexeme FROM plain, unnest(to_tsvector(
            'french', regexp_replace(bare, '\m(\w{3,})[sx]\M', '\1', 'g')
        )) v
    ) found (one)
    WHERE length(one) <= 100
$$;

CREATE OR REPLACE FUNCTION ebs_quote_lexeme(lexeme text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''''
$$;

CREATE OR REPLACE FUNCTION ebs_vector(typed text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(ebs_quote_lexeme(lexeme) || ':1', ' '), '')::tsvector
    FROM ebs_lexemes(typed)
$$;

-- The words of a search, one by one, with what each is looked for by: nothing for
-- those too common to count.
CREATE OR REPLACE FUNCTION ebs_search_words(typed text)
RETURNS TABLE (word text, query text)
LANGUAGE sql STABLE AS $$
    SELECT w.word, (
        SELECT '(' || string_agg(ebs_quote_lexeme(lexeme), ' | ') || ')'
        FROM ebs_lexemes(w.word)
        -- A word such as "à" is none, though "a" without its accent might be.
        WHERE length(to_tsvector('french', w.word)) > 0
    )
    FROM regexp_split_to_table(trim(ebs_plain(typed)), '\s+') WITH ORDINALITY w (word, n)
    WHERE w.word != ''
    ORDER BY n
$$;

-- Its title weighs most, then what kind of thing it is, then its description.
CREATE OR REPLACE FUNCTION ebs_listing_vector(
    title text, category integer, description text
) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT setweight(ebs_vector(title), 'A')
        || setweight(ebs_vector((
            SELECT string_agg(name.value, ' ')
            FROM ebs_category c, jsonb_each_text(c.name) name
            WHERE c.id = category
        )), 'B')
        || setweight(ebs_vector(description), 'C')
$$;

CREATE OR REPLACE FUNCTION ebs_listing_set_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := ebs_listing_vector(NEW.name, NEW.category_id, NEW.description);
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION ebs_category_set_words() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ebs_listing
    SET words = ebs_listing_vector(name, category_id, description)
    WHERE category_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER ebs_listing_words
BEFORE INSERT OR UPDATE OF name, description, category_id, words ON ebs_listing
FOR EACH ROW EXECUTE FUNCTION ebs_listing_set_words();

CREATE OR REPLACE TRIGGER ebs_category_words
AFTER UPDATE OF name ON ebs_category
FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
EXECUTE FUNCTION ebs_category_set_words();

-- What was there before its words were kept.
UPDATE ebs_listing SET words = NULL WHERE words IS NULL;
