"""A CRM server to try the program with and to test it against.

It speaks CentralStationCRM's dialect over real HTTP on loopback and keeps its data in SQLite.
It is the other side of the wire, so it imports nothing of the client.
"""
