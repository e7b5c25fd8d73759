"""Words for military goods -> items, quantities, and the codes of the registers.

A category and a UN Register class are given only where the words settle them (domain.md,
section 1): "drones" may or may not be armed, "rockets" need a model.
"""

from summarizer.resolve.equipment.classify import Classified, classify
from summarizer.resolve.equipment.items import ItemSpan, find_equipment, split_items
from summarizer.resolve.equipment.quantities import Quantity, quantity

__all__ = [
    "Classified",
    "ItemSpan",
    "Quantity",
    "classify",
    "find_equipment",
    "quantity",
    "split_items",
]
