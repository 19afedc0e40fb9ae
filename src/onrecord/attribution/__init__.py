"""Reports to statements: a tagger finds sources, cues and contents, and grouping makes attributions of them."""

from onrecord.attribution.extractor import Attributor, MiniLmAttributor, shipped_model

__all__ = ["Attributor", "MiniLmAttributor", "shipped_model"]
