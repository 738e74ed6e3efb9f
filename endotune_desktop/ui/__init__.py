"""What people see: PySide6, painted."""
