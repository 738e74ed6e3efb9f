"""The only room that knows SQL: opening, migrations, records, integrity.

Three later rooms have their place here.

Encryption
    `driver.py` is where a passphrase chooses sqlcipher3 and keys the connection; nobody else imports a driver.
Backups
    A module beside `opening.py`, through the connection's backup interface and never by copying a live file;
    `opening._copy_aside` does so before a migration. A restore opens no file that `damage.py` has marked.
Audit
    One more table, a migration, and a row that `Store.apply` writes inside the same transaction as the edit; its hash
    chain is checked beside the seals in `integrity.py`.
"""

from endotune_desktop.store.database import Store
from endotune_desktop.store.integrity import FileCheck

__all__ = ["FileCheck", "Store"]
