"""Makes the INSERT of a transfer the posting itself: the database moves both balances, or refuses with one word why.

Whatever door a row comes through, raw SQL included, the balances follow it. In place of migration 0003's triggers:

- Before the row is written both accounts are locked, the lower id first, so that postings that meet wait for each
  other and never deadlock; nothing is read before its lock. Then the rules: a known key, a reversal, closed accounts,
  the payer's floor and its exceptions. The first word of a refusal is what timebank.ledger knows it by.
- After the row is written the balances move. They move after, not before, because a row may still not be written
  (ON CONFLICT DO NOTHING skips it once its BEFORE triggers have run). Rows of one statement that meet on an account are
  refused: each would have been reckoned from the balances before the statement.
- A balance, a floor and a transfer change in no other way; a transfer is never removed. The one update let through
  blanks `reason`: when a person is erased their words go and the minutes stay (retention.yaml, rule "ledger").

PostgreSQL and SQLite differ in one thing: SQLite cannot change a row before it is written, so there the balances after
are filled just after, within the statement; and it knows one writer at a time, so there is nothing to lock.
Reversible: the triggers and their functions are dropped, those of 0003 come back.
"""

from importlib import import_module

from django.db import migrations

before = import_module("timebank.migrations.0003_refuse_changed_transfers")

# Whether the payer may be taken to {after}: above its floor, or with an exception for this time or this reversal.
ALLOWED = """
    (SELECT floor_minutes IS NULL OR floor_minutes <= {after} FROM timebank_account WHERE id = NEW.payer_id)
    OR EXISTS (
        SELECT 1 FROM timebank_floorexception granted
        WHERE granted.account_id = NEW.payer_id AND granted.floor_minutes <= {after}
          AND granted.granted_at <= NEW.recorded_at AND NEW.recorded_at < granted.ends_at
          AND (granted.revoked_at IS NULL OR NEW.recorded_at < granted.revoked_at)
          AND (granted.reverses_id IS NULL OR granted.reverses_id = NEW.reverses_id)
    )
"""
MIRRORED = """
    EXISTS (
        SELECT 1 FROM timebank_transfer mirrored
        WHERE mirrored.id = NEW.reverses_id AND mirrored.kind <> 'reversal' AND mirrored.minutes = NEW.minutes
          AND mirrored.payer_id = NEW.payee_id AND mirrored.payee_id = NEW.payer_id
    )
"""
AGAIN = "EXISTS (SELECT 1 FROM timebank_transfer WHERE reverses_id = NEW.reverses_id)"
REVERSAL = "mirror: A reversal sends the same minutes back between the same accounts."
TWICE = "reversed: This transfer was put right already."
KEY_REUSED = "key: This key stands for another posting."
CLOSED = "closed: A closed account takes no hours."
BELOW = "floor: The payer would go under the lowest it may go."
NOBODY = "account: There is no such account."
MINUTES = "minutes: Hours go from one account to another, and at least a minute of them."
ONE_BY_ONE = "together: Write transfers that meet on an account one after the other."
FINAL = "final: A transfer is final; put it right with a reversal."
BALANCE = "balance: Only a transfer moves a balance."
EMPTY = "empty: An account begins with nothing."
FLOOR = "fixed: A floor is fixed; grant an exception instead."

POSTGRESQL = [
    f"""
    CREATE FUNCTION timebank_before_posting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
        known text;
        payer_had bigint;
        payee_had bigint;
        payer_floor integer;
        payer_closed timestamptz;
        payee_closed timestamptz;
    BEGIN
        IF NEW.minutes <= 0 OR NEW.payer_id = NEW.payee_id THEN
            RAISE EXCEPTION '{MINUTES}' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.payer_id < NEW.payee_id THEN
            SELECT balance_minutes, floor_minutes, closed_at INTO payer_had, payer_floor, payer_closed
            FROM timebank_account WHERE id = NEW.payer_id FOR NO KEY UPDATE;
        END IF;
        SELECT balance_minutes, closed_at INTO payee_had, payee_closed
        FROM timebank_account WHERE id = NEW.payee_id FOR NO KEY UPDATE;
        IF NEW.payer_id > NEW.payee_id THEN
            SELECT balance_minutes, floor_minutes, closed_at INTO payer_had, payer_floor, payer_closed
            FROM timebank_account WHERE id = NEW.payer_id FOR NO KEY UPDATE;
        END IF;
        IF payer_had IS NULL OR payee_had IS NULL THEN
            RAISE EXCEPTION '{NOBODY}' USING ERRCODE = 'foreign_key_violation';
        END IF;
        SELECT body_hash INTO known FROM timebank_transfer WHERE key = NEW.key;
        IF known = NEW.body_hash THEN
            RETURN NULL;
        ELSIF known IS NOT NULL THEN
            RAISE EXCEPTION '{KEY_REUSED}' USING ERRCODE = 'unique_violation';
        END IF;
        IF NEW.reverses_id IS NOT NULL THEN
            IF NOT {MIRRORED} THEN
                RAISE EXCEPTION '{REVERSAL}' USING ERRCODE = 'check_violation';
            ELSIF {AGAIN} THEN
                RAISE EXCEPTION '{TWICE}' USING ERRCODE = 'unique_violation';
            END IF;
        END IF;
        IF payer_closed IS NOT NULL OR payee_closed IS NOT NULL THEN
            RAISE EXCEPTION '{CLOSED}' USING ERRCODE = 'check_violation';
        END IF;
        -- Drawn under the locks: an id from the column's own default would be drawn before them, and an account's
        -- lines would not stand in the order in which they moved its balance.
        NEW.id := nextval('timebank_transfer_id_seq');
        NEW.payer_balance_after := payer_had - NEW.minutes;
        NEW.payee_balance_after := payee_had + NEW.minutes;
        IF NEW.payer_balance_after < payer_floor AND NOT ({ALLOWED.format(after="NEW.payer_balance_after")}) THEN
            RAISE EXCEPTION '{BELOW}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    f"""
    CREATE FUNCTION timebank_after_posting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
        payer_has bigint;
        payee_has bigint;
    BEGIN
        UPDATE timebank_account SET balance_minutes = balance_minutes - NEW.minutes
        WHERE id = NEW.payer_id RETURNING balance_minutes INTO payer_has;
        UPDATE timebank_account SET balance_minutes = balance_minutes + NEW.minutes
        WHERE id = NEW.payee_id RETURNING balance_minutes INTO payee_has;
        IF payer_has <> NEW.payer_balance_after OR payee_has <> NEW.payee_balance_after THEN
            RAISE EXCEPTION '{ONE_BY_ONE}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER timebank_before_posting BEFORE INSERT ON timebank_transfer
    FOR EACH ROW EXECUTE FUNCTION timebank_before_posting()
    """,
    """
    CREATE TRIGGER timebank_after_posting AFTER INSERT ON timebank_transfer
    FOR EACH ROW EXECUTE FUNCTION timebank_after_posting()
    """,
    # They run with their owner's rights, so that the application's own role needs none to change a balance; and they
    # look for tables in one place only, so that nobody can put another table in front.
    """
    DO $$
    BEGIN
        EXECUTE format('ALTER FUNCTION timebank_before_posting() SET search_path = %I, pg_temp', current_schema());
        EXECUTE format('ALTER FUNCTION timebank_after_posting() SET search_path = %I, pg_temp', current_schema());
    END $$
    """,
    # What is refused whoever asks; the message is the trigger's argument.
    """
    CREATE FUNCTION timebank_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
    END $$
    """,
    f"""
    CREATE TRIGGER timebank_transfer_unchanged BEFORE UPDATE ON timebank_transfer
    FOR EACH ROW WHEN (NOT (NEW.reason = '' AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason'))
    EXECUTE FUNCTION timebank_refuse('{FINAL}')
    """,
    f"""
    CREATE TRIGGER timebank_transfer_kept BEFORE DELETE ON timebank_transfer
    FOR EACH ROW EXECUTE FUNCTION timebank_refuse('{FINAL}')
    """,
    f"""
    CREATE TRIGGER timebank_transfers_kept BEFORE TRUNCATE ON timebank_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION timebank_refuse('{FINAL}')
    """,
    # At depth 0 nobody's trigger is at work, so it isn't a posting.
    f"""
    CREATE TRIGGER timebank_balance_kept BEFORE UPDATE OF balance_minutes ON timebank_account
    FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND NEW.balance_minutes IS DISTINCT FROM OLD.balance_minutes)
    EXECUTE FUNCTION timebank_refuse('{BALANCE}')
    """,
    f"""
    CREATE TRIGGER timebank_balance_begins BEFORE INSERT ON timebank_account
    FOR EACH ROW WHEN (NEW.balance_minutes <> 0) EXECUTE FUNCTION timebank_refuse('{EMPTY}')
    """,
    f"""
    CREATE TRIGGER timebank_floor_kept BEFORE UPDATE OF floor_minutes ON timebank_account
    FOR EACH ROW WHEN (NEW.floor_minutes IS DISTINCT FROM OLD.floor_minutes)
    EXECUTE FUNCTION timebank_refuse('{FLOOR}')
    """,
]

# Every column but `reason`: SQLite cannot compare whole rows.
KEPT = [
    "id", "payer_id", "payee_id", "minutes", "kind", "happened_at", "recorded_at", "by_id", "on_behalf_of_id",
    "exchange_id", "gathering_id", "stood_in_for_id", "reverses_id", "key", "body_hash", "payer_balance_after", "payee_balance_after",
]  # fmt: skip
SAME = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
SAME_BUT_FILLED = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in [*KEPT[:-2], "reason"])
HAS = "(SELECT balance_minutes FROM timebank_account WHERE id = {whose})"
# What the newest transfer left an account with: the only value its balance may take.
LEFT = """
    (SELECT CASE WHEN payee_id = OLD.id THEN payee_balance_after ELSE payer_balance_after END FROM timebank_transfer
     WHERE id = MAX(
         IFNULL((SELECT MAX(id) FROM timebank_transfer WHERE payer_id = OLD.id), 0),
         IFNULL((SELECT MAX(id) FROM timebank_transfer WHERE payee_id = OLD.id), 0)
     ))
"""


def _refuses(name: str, event: str, table: str, when: str, message: str) -> str:
    return f"""
    CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}
    BEGIN SELECT RAISE(ABORT, '{message}'); END
    """


SQLITE = [
    f"""
    CREATE TRIGGER timebank_before_posting BEFORE INSERT ON timebank_transfer
    BEGIN
        SELECT CASE
            WHEN NEW.minutes <= 0 OR NEW.payer_id = NEW.payee_id THEN RAISE(ABORT, '{MINUTES}')
            WHEN {HAS.format(whose="NEW.payer_id")} IS NULL OR {HAS.format(whose="NEW.payee_id")} IS NULL
                THEN RAISE(ABORT, '{NOBODY}')
            WHEN EXISTS (SELECT 1 FROM timebank_transfer WHERE key = NEW.key AND body_hash = NEW.body_hash)
                THEN RAISE(IGNORE)
            WHEN EXISTS (SELECT 1 FROM timebank_transfer WHERE key = NEW.key) THEN RAISE(ABORT, '{KEY_REUSED}')
            WHEN NEW.reverses_id IS NOT NULL AND NOT {MIRRORED} THEN RAISE(ABORT, '{REVERSAL}')
            WHEN NEW.reverses_id IS NOT NULL AND {AGAIN} THEN RAISE(ABORT, '{TWICE}')
            WHEN EXISTS (
                SELECT 1 FROM timebank_account
                WHERE id IN (NEW.payer_id, NEW.payee_id) AND closed_at IS NOT NULL
            ) THEN RAISE(ABORT, '{CLOSED}')
            WHEN NOT ({ALLOWED.format(after=f"({HAS.format(whose='NEW.payer_id')} - NEW.minutes)")})
                THEN RAISE(ABORT, '{BELOW}')
        END;
    END
    """,
    f"""
    CREATE TRIGGER timebank_after_posting AFTER INSERT ON timebank_transfer
    BEGIN
        UPDATE timebank_transfer SET
            payer_balance_after = {HAS.format(whose="NEW.payer_id")} - NEW.minutes,
            payee_balance_after = {HAS.format(whose="NEW.payee_id")} + NEW.minutes
        WHERE id = NEW.id;
        UPDATE timebank_account SET balance_minutes = balance_minutes - NEW.minutes WHERE id = NEW.payer_id;
        UPDATE timebank_account SET balance_minutes = balance_minutes + NEW.minutes WHERE id = NEW.payee_id;
    END
    """,
    _refuses(
        "timebank_balances_after_are_filled",
        "INSERT",
        "timebank_transfer",
        "NEW.payer_balance_after IS NOT NULL OR NEW.payee_balance_after IS NOT NULL",
        "filled: The database fills the balances after.",
    ),
    _refuses(
        "timebank_transfer_unchanged",
        "UPDATE",
        "timebank_transfer",
        f"NOT (NEW.reason = '' AND {SAME})"
        f" AND NOT (OLD.payer_balance_after IS NULL AND OLD.payee_balance_after IS NULL AND {SAME_BUT_FILLED})",
        FINAL,
    ),
    _refuses("timebank_transfer_kept", "DELETE", "timebank_transfer", "1", FINAL),
    _refuses(
        "timebank_balance_kept",
        "UPDATE OF balance_minutes",
        "timebank_account",
        f"NEW.balance_minutes IS NOT OLD.balance_minutes AND NEW.balance_minutes IS NOT {LEFT}",
        BALANCE,
    ),
    _refuses("timebank_balance_begins", "INSERT", "timebank_account", "NEW.balance_minutes <> 0", EMPTY),
    _refuses(
        "timebank_floor_kept",
        "UPDATE OF floor_minutes",
        "timebank_account",
        "NEW.floor_minutes IS NOT OLD.floor_minutes",
        FLOOR,
    ),
]  # fmt: skip

ON_TRANSFERS = [
    "timebank_before_posting", "timebank_after_posting", "timebank_transfer_unchanged", "timebank_transfer_kept",
]  # fmt: skip
ON_ACCOUNTS = ["timebank_balance_kept", "timebank_balance_begins", "timebank_floor_kept"]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER {name} ON timebank_transfer" for name in [*ON_TRANSFERS, "timebank_transfers_kept"]),
    *(f"DROP TRIGGER {name} ON timebank_account" for name in ON_ACCOUNTS),
    *(
        f"DROP FUNCTION {name}()"
        for name in ("timebank_before_posting", "timebank_after_posting", "timebank_refuse")
    ),
]  # fmt: skip
SQLITE_BACK = [
    f"DROP TRIGGER {name}"
    for name in [*ON_TRANSFERS, "timebank_balances_after_are_filled", *ON_ACCOUNTS]
]  # fmt: skip
# Migration 0004 remade the table on SQLite, and its triggers went with it.
SQLITE_BEFORE = ["timebank_reversal_mirrors", "timebank_transfer_kept", "timebank_transfer_unchanged"]


def hold(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [*before.POSTGRESQL_BACK, *POSTGRESQL]
    else:
        statements = [*(f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE_BEFORE), *SQLITE]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [*POSTGRESQL_BACK, *before.POSTGRESQL]
    else:
        statements = [*SQLITE_BACK, *before.SQLITE]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("timebank", "0004_gather_close_and_seal")]

    operations = [migrations.RunPython(hold, let_go)]
