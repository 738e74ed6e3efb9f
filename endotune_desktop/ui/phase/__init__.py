"""The phase view: upstream against downstream, with the locus of equilibria."""
