"""Threads, and the only place that starts them."""
