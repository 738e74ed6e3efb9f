"""Which axis of the open patient is shown: the row over the sheet, the menu, and what the model says of itself."""
