"""What crosses the door: scenario files, facts files, SBML, demo records."""
