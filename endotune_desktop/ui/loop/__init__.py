"""The loop view: the axis as a diagram whose boxes and arrows carry live values and can be opened."""
