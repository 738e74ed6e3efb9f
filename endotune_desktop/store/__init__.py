"""The only room that knows SQL: connection, migrations, records."""
