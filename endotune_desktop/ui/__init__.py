"""What people see: PySide6 and pyqtgraph."""
