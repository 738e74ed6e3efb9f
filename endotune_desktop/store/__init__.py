"""The only room that knows SQL: connection, migrations, records.

Later rooms of this house have their place here: `driver.py` is where a passphrase chooses sqlcipher3 and keys the
connection; backups go through the connection's backup interface beside `database.py` (never by copying a live file);
the audit trail is one more table, written by `Store.apply` inside the same transaction as the edit.
"""

from endotune_desktop.store.database import Store

__all__ = ["Store"]
