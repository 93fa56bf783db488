"""What the terminal is sent: the cells that differ from what it shows, in few bytes."""
