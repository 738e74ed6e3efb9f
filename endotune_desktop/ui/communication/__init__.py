"""How the axis talks: six numbers with their bands, one word, and what it all means."""
