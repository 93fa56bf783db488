"""A terminal client for CentralStationCRM and Concord CRM. Importing the package costs nothing."""

__version__ = "0.1.0"
"""The release, literal because reading it from the package's metadata costs 40 ms at start."""
