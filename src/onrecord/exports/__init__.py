"""The record in the shapes that leave it."""
