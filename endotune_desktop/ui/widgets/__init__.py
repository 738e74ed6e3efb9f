"""Small widgets that every screen shares; they know no patient and no axis."""
