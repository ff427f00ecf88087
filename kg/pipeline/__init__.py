"""Documents -> readings, on disk: one process or several, interrupted and gone on with, always the same bytes.

`kg.pipeline.extractor` is imported by name only (it loads spaCy); what is offered here is light.
"""

from kg.pipeline.batch import Batch, Progress, read_batch
from kg.pipeline.contract import Reads, Token, Trace, Weight

__all__ = ["Batch", "Progress", "Reads", "Token", "Trace", "Weight", "read_batch"]
