"""The words of the record as frozen values, and functions on texts that keep every offset."""
