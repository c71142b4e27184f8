"""合作说明: what we do and do not do, one coordinator, targets that are never an assessment."""
