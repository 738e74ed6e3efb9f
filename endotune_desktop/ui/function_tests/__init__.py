"""Function tests in the window: protocol, curve with band, reading, and cut-offs that a clinic may set itself."""
