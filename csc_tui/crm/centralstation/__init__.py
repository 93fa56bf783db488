"""CentralStationCRM: models, reading, writing, adapter."""
