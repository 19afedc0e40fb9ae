"""Builds what the package ships from data: one command each."""
