"""Builds the tagger and the grouping's weights from PolNeAR."""
