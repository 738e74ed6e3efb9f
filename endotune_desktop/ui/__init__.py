"""What people see: PySide6, with pyqtgraph for every plot."""
