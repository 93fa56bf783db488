"""Forms made from the models."""
