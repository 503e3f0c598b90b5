"""Makes a posting as cheap as the same rows written by bare SQL, and closes three doors. In place of 0005's triggers.

PostgreSQL, what changed and why (docs/algorithms/ledger.md has the figures):

- The two UPDATEs that move the balances are the locks as well, the lower id first; nothing is read before them. They
  come before the row is written, so the row is written once, with its balances after.
- So a row must not be skipped once they have run. The unique key is deferrable, and PostgreSQL takes no deferrable key
  for ON CONFLICT: the statement is refused. A key that is known breaks the unique key, and timebank.ledger looks up the
  first answer.
- No CHECK: PostgreSQL parses every CHECK of a table anew for every statement. What the posting asks is asked here, and
  whose an account is when that is written.
- No foreign key to payer and payee: the posting has just updated both rows, and an account with transfers is neither
  deleted nor renumbered.
- Nobody but the owner may call the posting function: a trigger of somebody's own table could call it otherwise.
- The triggers on accounts come AFTER the update: one that comes before it locks the row a second time.

SQLite, which has one writer at a time: there the balances still move after the row is written, because it can't change
a row before. REPLACE deletes what is in its way without asking the triggers on deletion; it is refused now. So are
minutes that aren't whole, which SQLite would keep in any column, and ids out of their order.

On both, whose an account is never changes.

Reversible: 0005's triggers and the CHECKs come back.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

before = import_module("timebank.migrations.0005_post_in_the_database")

KINDS = "('link_up', 'exchange', 'gathering', 'gift', 'write_off', 'opening', 'reversal')"
# Whether an exception lets the payer go to {after}: one for this time, or for this reversal.
EXCEPTED = """
    EXISTS (
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
OWNED = """
    (NEW.kind IN ('family', 'volunteer', 'organisation', 'pot', 'mint')
     AND (NEW.kind = 'family') = (NEW.family_id IS NOT NULL)
     AND (NEW.kind = 'volunteer') = (NEW.volunteer_id IS NOT NULL)
     AND (NEW.kind = 'organisation') = (NEW.organisation_id IS NOT NULL)
     AND (NEW.kind IN ('pot', 'mint')) = (NEW.floor_minutes IS NULL))
"""
WHOSE = ("id", "kind", "family_id", "volunteer_id", "organisation_id")

# The first word is what timebank.ledger knows a refusal by.
MINUTES = "minutes: Hours go from one account to another, and at least a minute of them."
KIND = "kind: There is no such kind of transfer."
STANDS_IN = "stands: The pot stands in for somebody else than payer and payee."
NOBODY = "account: There is no such account."
KEY_KNOWN = "key: This key stands for another posting."
REVERSAL = "mirror: A reversal sends the same minutes back between the same accounts."
TWICE = "reversed: This transfer was put right already."
CLOSED = "closed: A closed account takes no hours."
BELOW = "floor: The payer would go under the lowest it may go."
ORDER = "order: The database draws the ids."
FINAL = "final: A transfer is final; put it right with a reversal."
BALANCE = "balance: Only a transfer moves a balance."
EMPTY = "empty: An account begins with nothing."
FLOOR = "fixed: A floor is fixed; grant an exception instead."
CLOSES = "closing: An account closes at nothing only."
OWNER = "owner: An account is somebody's, as its kind says, and has a floor; or it is the pot or the mint."
REPLACED = "replaced: An account is never replaced."
STAYS = "whose: An account stays whose it is, and keeps its number."
KEPT = "kept: An account that hours went through stays."
USED = """
    (EXISTS (SELECT 1 FROM timebank_transfer WHERE payer_id = OLD.id)
     OR EXISTS (SELECT 1 FROM timebank_transfer WHERE payee_id = OLD.id))
"""


POSTGRESQL = [
    f"""
    CREATE FUNCTION timebank_before_posting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
        payer_floor integer;
        payer_closed timestamptz;
        payee_closed timestamptz;
    BEGIN
        IF NEW.minutes <= 0 OR NEW.payer_id = NEW.payee_id THEN
            RAISE EXCEPTION '{MINUTES}' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.kind NOT IN {KINDS} THEN
            RAISE EXCEPTION '{KIND}' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.stood_in_for_id IN (NEW.payer_id, NEW.payee_id) THEN
            RAISE EXCEPTION '{STANDS_IN}' USING ERRCODE = 'check_violation';
        END IF;
        IF (NEW.kind = 'reversal') <> (NEW.reverses_id IS NOT NULL) THEN
            RAISE EXCEPTION '{REVERSAL}' USING ERRCODE = 'check_violation';
        END IF;

        -- Both locks, the lower id first. Whoever touches either account waits here.
        IF NEW.payer_id < NEW.payee_id THEN
            UPDATE timebank_account SET balance_minutes = balance_minutes - NEW.minutes WHERE id = NEW.payer_id
            RETURNING balance_minutes, floor_minutes, closed_at
            INTO NEW.payer_balance_after, payer_floor, payer_closed;
        END IF;
        UPDATE timebank_account SET balance_minutes = balance_minutes + NEW.minutes WHERE id = NEW.payee_id
        RETURNING balance_minutes, closed_at INTO NEW.payee_balance_after, payee_closed;
        IF NEW.payer_id > NEW.payee_id THEN
            UPDATE timebank_account SET balance_minutes = balance_minutes - NEW.minutes WHERE id = NEW.payer_id
            RETURNING balance_minutes, floor_minutes, closed_at
            INTO NEW.payer_balance_after, payer_floor, payer_closed;
        END IF;

        IF NEW.payer_balance_after IS NULL OR NEW.payee_balance_after IS NULL THEN
            RAISE EXCEPTION '{NOBODY}' USING ERRCODE = 'foreign_key_violation';
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
        IF NEW.payer_balance_after < payer_floor THEN
            -- Not in one condition with the line above: it would be asked of every posting.
            IF NOT {EXCEPTED.format(after="NEW.payer_balance_after")} THEN
                RAISE EXCEPTION '{BELOW}' USING ERRCODE = 'check_violation';
            END IF;
        END IF;

        -- Drawn under the locks: an id from the column's own default would be drawn before them, and an account's
        -- lines would not stand in the order in which they moved its balance.
        NEW.id := nextval('timebank_transfer_id_seq');
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER timebank_before_posting BEFORE INSERT ON timebank_transfer
    FOR EACH ROW EXECUTE FUNCTION timebank_before_posting()
    """,
    # It runs with its owner's rights, so that the application's own role needs none to change a balance; but only where
    # the owner put it.
    "REVOKE EXECUTE ON FUNCTION timebank_before_posting() FROM PUBLIC",
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
    CREATE TRIGGER timebank_balance_kept AFTER UPDATE OF balance_minutes ON timebank_account
    FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION timebank_refuse('{BALANCE}')
    """,
    f"""
    CREATE TRIGGER timebank_balance_begins BEFORE INSERT ON timebank_account
    FOR EACH ROW WHEN (NEW.balance_minutes <> 0) EXECUTE FUNCTION timebank_refuse('{EMPTY}')
    """,
    f"""
    CREATE TRIGGER timebank_floor_kept AFTER UPDATE OF floor_minutes ON timebank_account
    FOR EACH ROW WHEN (NEW.floor_minutes IS DISTINCT FROM OLD.floor_minutes)
    EXECUTE FUNCTION timebank_refuse('{FLOOR}')
    """,
    f"""
    CREATE TRIGGER timebank_account_closes_at_zero AFTER UPDATE OF closed_at ON timebank_account
    FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL AND NEW.balance_minutes <> 0)
    EXECUTE FUNCTION timebank_refuse('{CLOSES}')
    """,
    # Waits for whoever posts to this account, and then looks: a volatile function sees what was committed meanwhile.
    f"""
    CREATE FUNCTION timebank_keep_account() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {USED} THEN
            RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER timebank_account_kept AFTER DELETE ON timebank_account
    FOR EACH ROW EXECUTE FUNCTION timebank_keep_account()
    """,
    f"""
    CREATE TRIGGER timebank_account_owned AFTER INSERT ON timebank_account
    FOR EACH ROW WHEN (NOT {OWNED}) EXECUTE FUNCTION timebank_refuse('{OWNER.replace("'", "''")}')
    """,
    f"""
    CREATE TRIGGER timebank_account_stays_owned AFTER UPDATE OF {", ".join(WHOSE)} ON timebank_account
    FOR EACH ROW WHEN ({" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in WHOSE)})
    EXECUTE FUNCTION timebank_refuse('{STAYS}')
    """,
    # Both look for tables in one place only, so that nobody can put another table in front.
    *(
        f"""
        DO $$ BEGIN
            EXECUTE format('ALTER FUNCTION {name}() SET search_path = %I, pg_temp', current_schema());
        END $$
        """
        for name in ("timebank_before_posting", "timebank_keep_account")
    ),
    "ALTER TABLE timebank_transfer DROP CONSTRAINT timebank_transfer_key",
    """
    ALTER TABLE timebank_transfer ADD CONSTRAINT timebank_transfer_key UNIQUE (key) DEFERRABLE INITIALLY IMMEDIATE
    """,
]

HAS = "(SELECT balance_minutes FROM timebank_account WHERE id = {whose})"


def _refuses(name: str, event: str, table: str, when: str, message: str) -> str:
    return f"""
    CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when}
    BEGIN SELECT RAISE(ABORT, '{message.replace("'", "''")}'); END
    """


SQLITE = [
    f"""
    CREATE TRIGGER timebank_before_posting BEFORE INSERT ON timebank_transfer
    BEGIN
        SELECT CASE
            WHEN typeof(NEW.minutes) <> 'integer' OR NEW.minutes <= 0 OR NEW.payer_id = NEW.payee_id
                THEN RAISE(ABORT, '{MINUTES}')
            WHEN NEW.kind NOT IN {KINDS} THEN RAISE(ABORT, '{KIND}')
            WHEN NEW.stood_in_for_id IN (NEW.payer_id, NEW.payee_id) THEN RAISE(ABORT, '{STANDS_IN}')
            WHEN (NEW.kind = 'reversal') <> (NEW.reverses_id IS NOT NULL) THEN RAISE(ABORT, '{REVERSAL}')
            WHEN {HAS.format(whose="NEW.payer_id")} IS NULL OR {HAS.format(whose="NEW.payee_id")} IS NULL
                THEN RAISE(ABORT, '{NOBODY}')
            WHEN EXISTS (SELECT 1 FROM timebank_transfer WHERE key = NEW.key) THEN RAISE(ABORT, '{KEY_KNOWN}')
            WHEN EXISTS (SELECT 1 FROM timebank_transfer WHERE id = NEW.id) THEN RAISE(ABORT, '{FINAL}')
            WHEN NEW.reverses_id IS NOT NULL AND NOT {MIRRORED} THEN RAISE(ABORT, '{REVERSAL}')
            WHEN NEW.reverses_id IS NOT NULL AND {AGAIN} THEN RAISE(ABORT, '{TWICE}')
            WHEN EXISTS (
                SELECT 1 FROM timebank_account
                WHERE id IN (NEW.payer_id, NEW.payee_id) AND closed_at IS NOT NULL
            ) THEN RAISE(ABORT, '{CLOSED}')
            WHEN (
                SELECT floor_minutes > balance_minutes - NEW.minutes FROM timebank_account WHERE id = NEW.payer_id
            ) AND NOT {EXCEPTED.format(after=f"({HAS.format(whose='NEW.payer_id')} - NEW.minutes)")}
                THEN RAISE(ABORT, '{BELOW}')
        END;
    END
    """,
    f"""
    CREATE TRIGGER timebank_after_posting AFTER INSERT ON timebank_transfer
    BEGIN
        SELECT RAISE(ABORT, '{ORDER}') WHERE NEW.id < (SELECT MAX(id) FROM timebank_transfer)
            OR NEW.id <> 1 + (SELECT MAX(id) FROM timebank_transfer WHERE id < NEW.id);
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
        f"NOT (NEW.reason = '' AND {before.SAME})"
        f" AND NOT (OLD.payer_balance_after IS NULL AND OLD.payee_balance_after IS NULL AND {before.SAME_BUT_FILLED})",
        FINAL,
    ),
    _refuses("timebank_transfer_kept", "DELETE", "timebank_transfer", "1", FINAL),
    _refuses(
        "timebank_balance_kept",
        "UPDATE OF balance_minutes",
        "timebank_account",
        f"NEW.balance_minutes IS NOT OLD.balance_minutes AND NEW.balance_minutes IS NOT {before.LEFT}",
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
    _refuses(
        "timebank_account_closes_at_zero",
        "UPDATE OF closed_at",
        "timebank_account",
        "NEW.closed_at IS NOT NULL AND NEW.balance_minutes <> 0",
        CLOSES,
    ),
    _refuses("timebank_account_owned", "INSERT", "timebank_account", f"NOT {OWNED}", OWNER),
    # Not UPDATE OF: `rowid` is another name of the id.
    _refuses(
        "timebank_account_stays_owned",
        "UPDATE",
        "timebank_account",
        " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in WHOSE),
        STAYS,
    ),
    _refuses("timebank_account_kept", "DELETE", "timebank_account", USED, KEPT),
    # INSERT OR REPLACE would take what is in its way out of the table.
    _refuses(
        "timebank_account_not_replaced",
        "INSERT",
        "timebank_account",
        "EXISTS (SELECT 1 FROM timebank_account kept WHERE kept.id = NEW.id OR kept.family_id = NEW.family_id"
        " OR kept.volunteer_id = NEW.volunteer_id OR kept.organisation_id = NEW.organisation_id"
        " OR (kept.kind = NEW.kind AND kept.kind IN ('pot', 'mint')))",
        REPLACED,
    ),
]  # fmt: skip

ON_TRANSFERS = ["timebank_before_posting", "timebank_transfer_unchanged", "timebank_transfer_kept"]
ON_ACCOUNTS = [
    "timebank_balance_kept", "timebank_balance_begins", "timebank_floor_kept", "timebank_account_closes_at_zero",
    "timebank_account_kept", "timebank_account_owned", "timebank_account_stays_owned",
]  # fmt: skip
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER {name} ON timebank_transfer" for name in [*ON_TRANSFERS, "timebank_transfers_kept"]),
    *(f"DROP TRIGGER {name} ON timebank_account" for name in ON_ACCOUNTS),
    "DROP FUNCTION timebank_before_posting()",
    "DROP FUNCTION timebank_keep_account()",
    "DROP FUNCTION timebank_refuse()",
    "ALTER TABLE timebank_transfer DROP CONSTRAINT timebank_transfer_key",
    "ALTER TABLE timebank_transfer ADD CONSTRAINT timebank_transfer_key UNIQUE (key)",
]  # fmt: skip
SQLITE_BACK = [
    f"DROP TRIGGER {name}"
    for name in [
        *ON_TRANSFERS, "timebank_after_posting", "timebank_balances_after_are_filled", *ON_ACCOUNTS,
        "timebank_account_not_replaced",
    ]
]  # fmt: skip


def _running(on_postgresql: list[str], on_sqlite: list[str]):
    def run(apps, schema_editor):
        on = {"postgresql": on_postgresql, "sqlite": on_sqlite}
        for statement in on[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("timebank", "0006_end_an_exception_between_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(
            _running(before.POSTGRESQL_BACK, before.SQLITE_BACK), _running(before.POSTGRESQL, before.SQLITE)
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='timebank_account_kind',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='timebank_account_one_owner',
        ),
        migrations.RemoveConstraint(
            model_name='account',
            name='timebank_account_closed_at_zero',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='timebank_transfer_minutes',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='timebank_transfer_two_accounts',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='timebank_transfer_reversal',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='timebank_transfer_stood_in_apart',
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='timebank_transfer_kind',
        ),
        migrations.RemoveIndex(
            model_name='transfer',
            name='timebank_tr_stood_i_208a53_idx',
        ),
        migrations.AlterField(
            model_name='transfer',
            name='exchange',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='timebank.exchange'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='gathering',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='timebank.gathering'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='minutes',
            field=models.IntegerField(),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='payee',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='received', to='timebank.account'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='payer',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='paid', to='timebank.account'),
        ),
        migrations.AlterField(
            model_name='transfer',
            name='on_behalf_of',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers_recorded_for', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('stood_in_for__isnull', False)), fields=['stood_in_for', 'id'], name='timebank_transfer_stood_in_for'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('on_behalf_of__isnull', False)), fields=['on_behalf_of'], name='timebank_transfer_on_behalf_of'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('exchange__isnull', False)), fields=['exchange'], name='timebank_transfer_exchange'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(condition=models.Q(('gathering__isnull', False)), fields=['gathering'], name='timebank_transfer_gathering'),
        ),
        migrations.RunPython(_running(POSTGRESQL, SQLITE), _running(POSTGRESQL_BACK, SQLITE_BACK)),
    ]
