"""The left side of the window: the list of patients, and the record of the chosen one."""
