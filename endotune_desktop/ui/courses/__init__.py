"""The time-course view: linked plots of every marker over the dose strip."""
