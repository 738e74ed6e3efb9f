"""What a clinician writes down: frozen values, no files, no Qt."""
