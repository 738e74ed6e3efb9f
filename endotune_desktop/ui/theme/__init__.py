"""How it looks: palettes, type, icons and the one style sheet, all from ``tokens.json``."""
