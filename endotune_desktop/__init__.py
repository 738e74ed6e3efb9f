"""EndoTune Desktop: an offline workbench for fine-tuning endocrine feedback axes."""

__version__ = "0.1.0"
