"""The index of words: FTS5 on SQLite, a column with a GIN index on PostgreSQL. Both follow the table by themselves."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE groupspace_search_words USING fts5(
        words, content='groupspace_search_entry', content_rowid='id', detail='none', tokenize='unicode61',
        prefix='3 4 5 6 7 8 9 10')""",
    """CREATE TRIGGER groupspace_search_added AFTER INSERT ON groupspace_search_entry BEGIN
        INSERT INTO groupspace_search_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER groupspace_search_removed AFTER DELETE ON groupspace_search_entry BEGIN
        INSERT INTO groupspace_search_words(groupspace_search_words, rowid, words)
        VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER groupspace_search_changed AFTER UPDATE OF words ON groupspace_search_entry BEGIN
        INSERT INTO groupspace_search_words(groupspace_search_words, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO groupspace_search_words(rowid, words) VALUES (new.id, new.words); END""",
]
POSTGRESQL = [
    """ALTER TABLE groupspace_search_entry
        ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED""",
    "CREATE INDEX groupspace_search_lexemes ON groupspace_search_entry USING gin (lexemes)",
]


def make(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]
    for statement in statements:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER groupspace_search_{name}")
        schema_editor.execute("DROP TABLE groupspace_search_words")
    else:
        schema_editor.execute("ALTER TABLE groupspace_search_entry DROP COLUMN lexemes")


class Migration(migrations.Migration):
    dependencies = [("groupspace_search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
