"""The CentralStationCRM dialect: people, companies and their parts."""
