"""Makes the database itself hold what was told about a concern and what was done: it is added to, never changed.

The column `family` goes with it, now that 0004 has moved it; stop the version before first, because it reads that
column. A later migration that alters one of these four tables drops their triggers on SQLite, which rebuilds tables:
make them again at its end. Reversible: the triggers and their functions are dropped.
"""

from django.db import migrations

TABLES = ("concernaction", "concernabout", "concerndecision")
RANK = "(CASE {}.level WHEN 'bronze' THEN 1 WHEN 'silver' THEN 2 ELSE 3 END)"
KEPT = ("id", "words", "about", "reach", "raised_by_id", "raised_at")
SAYS = "What was told about a concern stays as it is: add to it."
SHUT = "This concern was signed off: add a correction."

POSTGRESQL = [
    f"""
    CREATE FUNCTION safeguarding_concern_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'safeguarding_concern' THEN
            IF to_jsonb(NEW) - 'level' - 'due_at' = to_jsonb(OLD) - 'level' - 'due_at'
               AND {RANK.format("NEW")} >= {RANK.format("OLD")}
               AND (OLD.due_at IS NOT NULL OR (NEW.due_at IS NULL AND NEW.level = OLD.level)) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE FUNCTION safeguarding_concern_is_shut() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.kind NOT IN ('corrected', 'reported')
           AND EXISTS (SELECT 1 FROM safeguarding_concerndecision d WHERE d.concern_id = NEW.concern_id) THEN
            RAISE EXCEPTION '%s' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """
    % SHUT,
    *(
        f"""
        CREATE TRIGGER safeguarding_{table}_stays BEFORE UPDATE OR DELETE ON safeguarding_{table}
        FOR EACH ROW EXECUTE FUNCTION safeguarding_concern_stays()
        """
        for table in ("concern", *TABLES)
    ),
    """
    CREATE TRIGGER safeguarding_concern_is_shut BEFORE INSERT ON safeguarding_concernaction
    FOR EACH ROW EXECUTE FUNCTION safeguarding_concern_is_shut()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER safeguarding_concern_is_shut ON safeguarding_concernaction",
    *(f"DROP TRIGGER safeguarding_{table}_stays ON safeguarding_{table}" for table in ("concern", *TABLES)),
    "DROP FUNCTION safeguarding_concern_is_shut()",
    "DROP FUNCTION safeguarding_concern_stays()",
]

SQLITE = [
    f"""
    CREATE TRIGGER safeguarding_concern_stays BEFORE UPDATE ON safeguarding_concern
    WHEN NOT ({" AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)}
              AND {RANK.format("NEW")} >= {RANK.format("OLD")}
              AND (OLD.due_at IS NOT NULL OR (NEW.due_at IS NULL AND NEW.level = OLD.level)))
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
    *(
        f"""
        CREATE TRIGGER safeguarding_{table}_stays BEFORE UPDATE ON safeguarding_{table}
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
        """
        for table in TABLES
    ),
    *(
        f"""
        CREATE TRIGGER safeguarding_{table}_kept BEFORE DELETE ON safeguarding_{table}
        BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
        """
        for table in ("concern", *TABLES)
    ),
    f"""
    CREATE TRIGGER safeguarding_concern_is_shut BEFORE INSERT ON safeguarding_concernaction
    WHEN NEW.kind NOT IN ('corrected', 'reported')
         AND EXISTS (SELECT 1 FROM safeguarding_concerndecision d WHERE d.concern_id = NEW.concern_id)
    BEGIN SELECT RAISE(ABORT, '{SHUT}'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER safeguarding_concern_is_shut",
    *(f"DROP TRIGGER safeguarding_{table}_{end}" for table in ("concern", *TABLES) for end in ("stays", "kept")),
]


def hold(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0006_say_whom_old_concerns_are_about")]

    operations = [
        migrations.RemoveField(model_name="concern", name="family"),
        migrations.RunPython(hold, let_go),
    ]
