"""Makes the database itself hold the books: a transfer is never changed or deleted, and a reversal mirrors its first.

The one update let through blanks `reason` and touches nothing else: when a person is erased their words go and the
minutes stay (config/policies/retention.yaml, rule "ledger"). Row triggers do not fire on PostgreSQL's TRUNCATE,
which only the owner of the table may do. Reversible: the triggers and their functions are dropped.
"""

from django.db import migrations

# Every column but `reason`: SQLite cannot compare whole rows.
KEPT = (
    "id", "payer_id", "payee_id", "minutes", "kind", "happened_at", "recorded_at", "by_id", "on_behalf_of_id",
    "exchange_id", "stood_in_for_id", "reverses_id", "key", "body_hash", "payer_balance_after", "payee_balance_after",
)

POSTGRESQL = [
    """
    CREATE FUNCTION timebank_transfer_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'A transfer is final: put it right with a reversal.' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER timebank_transfer_is_final BEFORE UPDATE OR DELETE ON timebank_transfer
    FOR EACH ROW EXECUTE FUNCTION timebank_transfer_is_final()
    """,
    """
    CREATE FUNCTION timebank_reversal_mirrors() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT 1 FROM timebank_transfer first
            WHERE first.id = NEW.reverses_id AND first.kind <> 'reversal' AND first.minutes = NEW.minutes
              AND first.payer_id = NEW.payee_id AND first.payee_id = NEW.payer_id
        ) THEN
            RAISE EXCEPTION 'A reversal sends the same minutes back between the same accounts.'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER timebank_reversal_mirrors BEFORE INSERT ON timebank_transfer
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION timebank_reversal_mirrors()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER timebank_reversal_mirrors ON timebank_transfer",
    "DROP FUNCTION timebank_reversal_mirrors()",
    "DROP TRIGGER timebank_transfer_is_final ON timebank_transfer",
    "DROP FUNCTION timebank_transfer_is_final()",
]

SQLITE = [
    f"""
    CREATE TRIGGER timebank_transfer_unchanged BEFORE UPDATE ON timebank_transfer
    WHEN NOT (NEW.reason = '' AND {" AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)})
    BEGIN SELECT RAISE(ABORT, 'A transfer is final: put it right with a reversal.'); END
    """,
    """
    CREATE TRIGGER timebank_transfer_kept BEFORE DELETE ON timebank_transfer
    BEGIN SELECT RAISE(ABORT, 'A transfer is final: put it right with a reversal.'); END
    """,
    """
    CREATE TRIGGER timebank_reversal_mirrors BEFORE INSERT ON timebank_transfer
    WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM timebank_transfer first
        WHERE first.id = NEW.reverses_id AND first.kind <> 'reversal' AND first.minutes = NEW.minutes
          AND first.payer_id = NEW.payee_id AND first.payee_id = NEW.payer_id
    )
    BEGIN SELECT RAISE(ABORT, 'A reversal sends the same minutes back between the same accounts.'); END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER timebank_reversal_mirrors",
    "DROP TRIGGER timebank_transfer_kept",
    "DROP TRIGGER timebank_transfer_unchanged",
]


def hold(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("timebank", "0002_hold_what_both_sides_say")]

    operations = [migrations.RunPython(hold, let_go)]
