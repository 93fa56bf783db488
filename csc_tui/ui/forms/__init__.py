"""Forms: fields to type in, lists to pick from, and what a save makes of them."""
