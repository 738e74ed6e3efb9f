"""The craft of fine-tuning: judging a course, targets and their validity."""
