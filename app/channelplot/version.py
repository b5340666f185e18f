"""The one place that says which version of Channel Plot this is."""

__version__ = "0.1.0"
